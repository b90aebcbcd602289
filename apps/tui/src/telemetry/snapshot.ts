import { contractOsc } from "@vj/schema";
import { Latest, readOsc } from "@vj/telemetry";
import { createSoundMemory, noSound } from "./sound-memory.ts";
import type { SoundMemory } from "./sound-memory.ts";
import type { LatestEntry, OscMessage } from "@vj/telemetry";
import { Histories } from "./histories.ts";
import type { ArgumentHistory } from "./histories.ts";

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
  /** Times of the lines that belong to the refrain, seconds of the song. */
  readonly refrain: ReadonlySet<number>;
  /** Keywords of lines, by the time of the line, seconds of the song. */
  readonly keywords: ReadonlyMap<number, string>;
  /** The last moments of the sound. */
  readonly sound: SoundMemory;
  readonly malformed: number;
  /** The last messages, oldest first. */
  readonly recent: readonly RecentMessage[];
  /** What the arguments of an address were, as far as it was looked at. */
  readonly history: ReadonlyMap<string, readonly ArgumentHistory[]>;
}

/** A message, and when it came, epoch milliseconds. */
export interface RecentMessage {
  readonly message: OscMessage;
  readonly receivedAt: number;
}

export const emptyTelemetry: TelemetrySnapshot = { entries: new Map(), lyrics: [], refrain: new Set(), keywords: new Map(), sound: noSound, malformed: 0, recent: [], history: new Map() };

/** Receives telemetry at any rate; drawing code takes snapshots at its own rate. */
export interface TelemetryInbox {
  /** @param receivedAt epoch milliseconds */
  take(message: OscMessage, receivedAt: number): void;
  /** Counts a packet that could not be read. */
  takeMalformed(): void;
  /** Forgets addresses, counts and messages; lists such as the lyrics stay. */
  clear(): void;
  snapshot(): TelemetrySnapshot;
}

/** So many of the last messages are kept. */
const keptMessages = 500;

/** @param now the clock, epoch milliseconds */
export function createInbox(now: () => number = Date.now): TelemetryInbox {
  const latest = new Latest();
  const memory = createMemory();
  const histories = new Histories();
  let recent: RecentMessage[] = [];
  let malformed = 0;
  return {
    take(message, receivedAt) {
      latest.update(message, receivedAt);
      memory.take(message, receivedAt);
      recent.push({ message, receivedAt });
      // Cut rarely: moving all of them for each message would cost more than the messages.
      if (recent.length >= 2 * keptMessages) recent = recent.slice(-keptMessages);
    },
    takeMalformed: () => (malformed += 1),
    clear() {
      latest.clear();
      histories.clear();
      recent = [];
      malformed = 0;
    },
    snapshot: () => {
      const entries = latest.entries(now());
      histories.look(entries);
      return {
        entries: new Map(entries.map((entry) => [entry.message.address, entry])),
        ...memory.get(),
        malformed,
        recent: recent.slice(-keptMessages),
        history: histories.all,
      };
    },
  };
}

/** Information that the newest message of an address does not contain: the sound between two looks, and lists. */
export interface Memory {
  take(message: OscMessage, receivedAt: number): void;
  get(): Pick<TelemetrySnapshot, "lyrics" | "refrain" | "keywords" | "sound">;
}

/** Other addresses need not be read on arrival. */
const remembered = new Set(["/karaoke/lyrics/reset", "/karaoke/lyrics/line", "/karaoke/refrain/line", "/karaoke/keywords/line"]);

export function createMemory(): Memory {
  let lyrics: readonly LyricsLine[] = [];
  let refrain: ReadonlySet<number> = new Set();
  let keywords: ReadonlyMap<number, string> = new Map();
  const sound = createSoundMemory();
  return {
    take(message, receivedAt) {
      sound.take(message, receivedAt);
      const reading = remembered.has(message.address) ? readOsc(contractOsc, message) : undefined;
      switch (reading?.address) {
        case "/karaoke/lyrics/reset":
          [lyrics, refrain, keywords] = [[], new Set(), new Map()];
          break;
        case "/karaoke/lyrics/line":
          lyrics = withLine(lyrics, reading.args);
          break;
        case "/karaoke/refrain/line":
          if (refrain.size < longestSong) refrain = new Set(refrain).add(reading.args.time);
          break;
        case "/karaoke/keywords/line":
          if (keywords.size < longestSong) keywords = new Map(keywords).set(reading.args.time, reading.args.keywords);
          break;
        default:
      }
    },
    get: () => ({ lyrics, refrain, keywords, sound: sound.get() }),
  };
}

/** Largest number of lines in a song. */
const longestSong = 2000;

function withLine(lines: readonly LyricsLine[], line: LyricsLine): readonly LyricsLine[] {
  const others = lines.filter(({ index }) => index !== line.index);
  return others.length >= longestSong ? lines : [...others, line].sort((one, other) => one.index - other.index);
}
