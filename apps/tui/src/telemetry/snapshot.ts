import { createReceiver } from "@vj/telemetry";
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

/** Receives telemetry at any rate; those who draw take a snapshot at their own. */
export interface TelemetryInbox {
  /** The UDP port it listens on. */
  readonly port: number;
  snapshot(): TelemetrySnapshot;
  close(): Promise<void>;
}

/** @throws Error when no UDP port can be had. */
export async function openInbox(): Promise<TelemetryInbox> {
  const memory = createMemory();
  const receiver = await createReceiver({ port: 0, onMessage: memory.take });
  return {
    port: receiver.port,
    snapshot: () => ({
      entries: new Map(receiver.entries().map((entry) => [entry.message.address, entry])),
      ...memory.get(),
      malformed: receiver.stats().malformed,
    }),
    close: () => receiver.close(),
  };
}

/** What the newest message of an address alone does not tell: beats between two looks, and lists. */
export interface Memory {
  take(message: OscMessage, receivedAt: number): void;
  get(): Pick<TelemetrySnapshot, "lyrics" | "beatAt">;
}

export function createMemory(): Memory {
  let lyrics: readonly LyricsLine[] = [];
  let beatAt = 0;
  return {
    take({ address, tags, args }, receivedAt) {
      switch (address) {
        case "/audio/beat":
          if (args[0] === 1) beatAt = receivedAt;
          break;
        case "/karaoke/lyrics/reset":
          lyrics = [];
          break;
        case "/karaoke/lyrics/line":
          if (tags === "ifs") lyrics = withLine(lyrics, { index: Number(args[0]), time: Number(args[1]), text: String(args[2]) });
          break;
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
