import { contractOsc } from "@vj/schema";
import { Latest, readOsc } from "@vj/telemetry";
import type { LatestEntry, OscMessage } from "@vj/telemetry";

/** A line of the lyrics; `time` in seconds of the song. */
export interface LyricsLine {
  readonly index: number;
  readonly time: number;
  readonly text: string;
}

/** The newest telemetry at one moment. Times are epoch milliseconds. */
export interface TelemetrySnapshot {
  readonly entries: ReadonlyMap<string, LatestEntry>;
  /** Lines of the current song, sorted. */
  readonly lyrics: readonly LyricsLine[];
  /** Time of the last beat; 0 before the first. */
  readonly beatAt: number;
  readonly malformed: number;
}

export const emptyTelemetry: TelemetrySnapshot = { entries: new Map(), lyrics: [], beatAt: 0, malformed: 0 };

/** Receives telemetry at any rate; drawing code takes snapshots at its own rate. */
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

/** Information that the newest message of an address does not contain: beats between two looks, and lists. */
export interface Memory {
  take(message: OscMessage, receivedAt: number): void;
  get(): Pick<TelemetrySnapshot, "lyrics" | "beatAt">;
}

/** Other addresses need not be read on arrival. */
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

/** Largest number of lines in a song. */
const longestSong = 2000;

function withLine(lines: readonly LyricsLine[], line: LyricsLine): readonly LyricsLine[] {
  const others = lines.filter(({ index }) => index !== line.index);
  return others.length >= longestSong ? lines : [...others, line].sort((one, other) => one.index - other.index);
}
