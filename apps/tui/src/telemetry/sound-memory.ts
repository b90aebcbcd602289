import { levelNames } from "@vj/schema";
import type { OscMessage } from "@vj/telemetry";

/** What a person should see although it lasts a sixtieth of a second only. */
const hitNames = ["beat", "kick", "snare", "hat", "drop"] as const;
export type HitName = (typeof hitNames)[number];

/** The last moments of the sound. */
export interface SoundMemory {
  /** Loudest value of each band and of the whole in each fifth of a second, oldest first. */
  readonly levels: readonly (readonly number[])[];
  /** How many of the newest are of the cell that is not complete (two make one): a drawn history moves by whole cells, or each of them is written in every picture. */
  readonly open: number;
  /** When each last happened, epoch milliseconds; 0: never. */
  readonly hits: Readonly<Record<HitName, number>>;
}

const noHits: SoundMemory["hits"] = { beat: 0, kick: 0, snare: 0, hat: 0, drop: 0 };
export const noSound: SoundMemory = { levels: [], open: 0, hits: noHits };

/** One column of a history, and how many are kept: a minute, which no terminal is too wide for. */
const columnMs = 200;
const mostColumns = 300;
/** Weaker hits are not shown. */
const leastHit = 0.05;

/** Fields of a message that tell of a hit, by address. */
const hitFields: Readonly<Record<string, Readonly<Record<number, HitName>>>> = {
  "/audio/beat": { 0: "beat" },
  "/audio/onset": { 0: "kick", 1: "snare", 2: "hat" },
  "/audio/structure": { 1: "drop" },
};

/** Remembers the sound; quick enough for each message of a stream. */
export function createSoundMemory(): { take(message: OscMessage, receivedAt: number): void; get(): SoundMemory } {
  const levels: number[][] = [];
  let columnAt = 0;
  let hits = noHits;

  const takeLevels = (args: OscMessage["args"], at: number): void => {
    if (args.length !== levelNames.length) return;
    const values = args.map((value) => (typeof value === "number" ? value : 0));
    const column = Math.floor(at / columnMs);
    const last = levels.at(-1);
    if (last !== undefined && column === columnAt) {
      values.forEach((value, band) => (last[band] = Math.max(last[band] ?? 0, value)));
      return;
    }
    // A gap in the stream is a gap in the picture.
    const missed = levels.length === 0 ? 0 : Math.min(mostColumns, column - columnAt - 1);
    for (let gap = 0; gap < missed; gap += 1) levels.push(levelNames.map(() => 0));
    levels.push(values);
    levels.splice(0, levels.length - mostColumns);
    columnAt = column;
  };

  return {
    take({ address, args }, receivedAt) {
      if (address === "/audio/levels") return takeLevels(args, receivedAt);
      const fields = hitFields[address];
      if (fields === undefined) return;
      for (const [index, name] of Object.entries(fields)) {
        const value = args[Number(index)];
        if (typeof value === "number" && value > leastHit) hits = { ...hits, [name]: receivedAt };
      }
    },
    // The newest column still grows, so it is copied.
    get: () => ({ levels: levels.map((column, index) => (index === levels.length - 1 ? [...column] : column)), open: levels.length === 0 ? 0 : 1 + (columnAt % 2), hits }),
  };
}
