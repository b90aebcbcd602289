import { contractOsc } from "@vj/schema";
import { Latest, readOsc } from "@vj/telemetry";
import type { LatestEntry, OscMessage } from "@vj/telemetry";

/** A line of the lyrics; `time` in seconds of the song. */
export interface LyricsLine {
  readonly index: number;
  readonly time: number;
  readonly text: string;
}

/** The newest telemetry, as it was at one moment. Times are epoch milliseconds. */
export interface TelemetrySnapshot {
  readonly entries: ReadonlyMap<string, LatestEntry>;
  /** Lines of the current song, sorted. */
  readonly lyrics: readonly LyricsLine[];
  /** When the last beat came; 0 before the first. */
  readonly beatAt: number;
  readonly malformed: number;
}

export const emptyTelemetry: TelemetrySnapshot = { entries: new Map(), lyrics: [], beatAt: 0, malformed: 0 };

/** Takes telemetry at any rate; those who draw take a snapshot at their own. */
export interface TelemetryInbox {
  /** @param receivedAt epoch milliseconds */
  take(message: OscMessage, receivedAt: number): void;
  /** Counts a packet that could not be read. */
  takeMalformed(): void;
  snapshot(): TelemetrySnapshot;
}

export function createInbox(): TelemetryInbox {
  const latest = new Latest();
  const memory = createMemory();
  let malformed = 0;
  return {
    take(message, receivedAt) {
      latest.update(message, receivedAt);
      memory.take(message, receivedAt);
    },
    takeMalformed: () => (malformed += 1),
    snapshot: () => ({
      entries: new Map(latest.entries(Date.now()).map((entry) => [entry.message.address, entry])),
      ...memory.get(),
      malformed,
    }),
  };
}

/** What the newest message of an address alone does not tell: beats between two looks, and lists. */
export interface Memory {
  take(message: OscMessage, receivedAt: number): void;
  get(): Pick<TelemetrySnapshot, "lyrics" | "beatAt">;
}

/** The others need not be read as they come. */
const remembered = new Set(["/audio/beat", "/karaoke/lyrics/reset", "/karaoke/lyrics/line"]);

export function createMemory(): Memory {
  let lyrics: readonly LyricsLine[] = [];
  let beatAt = 0;
  return {
    take(message, receivedAt) {
      const reading = remembered.has(message.address) ? readOsc(contractOsc, message) : undefined;
      switch (reading?.address) {
        case "/audio/beat":
          if (reading.args.beat === 1) beatAt = receivedAt;
          break;
        case "/karaoke/lyrics/reset":
          lyrics = [];
          break;
        case "/karaoke/lyrics/line":
          lyrics = withLine(lyrics, reading.args);
          break;
        default:
      }
    },
    get: () => ({ lyrics, beatAt }),
  };
}

/** No song has more lines. */
const longestSong = 2000;

function withLine(lines: readonly LyricsLine[], line: LyricsLine): readonly LyricsLine[] {
  const others = lines.filter(({ index }) => index !== line.index);
  return others.length >= longestSong ? lines : [...others, line].sort((one, other) => one.index - other.index);
}
