import { closeSync, renameSync, statSync, writeSync } from "node:fs";
import path from "node:path";
import { checkStore, makeFolder, openOwn, readEnd } from "@vj/files";
import { isSameTrack } from "@vj/playback";
import type { Track } from "@vj/playback";
import { messageOf, parseJson } from "@vj/schema";
import { z } from "zod";

/** One track that was shown. */
const playedSchema = z.object({
  /** When it began, ISO 8601 in UTC. */
  at: z.iso.datetime(),
  source: z.string().max(64),
  artist: z.string().max(500),
  title: z.string().max(500),
  album: z.string().max(500),
  /** Seconds; 0 when unknown. */
  duration: z.number().min(0),
});
/** A track of the set list. */
export type Played = z.output<typeof playedSchema>;

/** About 8,000 tracks. With the file before it, twice as much is kept. */
const longestFile = 2 * 1_048_576;
/** Bytes at the end of a file that hold at least its last line. */
const lastBytes = 65_536;
/** Number of last tracks that may be the same play. */
const recentTracks = 10;
/** A restart within a track of unknown length does not begin it anew, seconds. */
const unknownLength = 15 * 60;
/** Two reports of one play agree on its begin this closely, ms. */
const sameBeginMs = 10_000;

/** Where the history lies: JSON lines, oldest first; what is older in a second file with `.1` at its end. */
export function historyFile(dataDir: string): string {
  return path.join(dataDir, "played.jsonl");
}

/**
 * What was shown, oldest first. Invalid lines are left out: a kill may have cut the last one.
 * @param since epoch ms. @throws FileError, or the error of the file system, when a file is there and cannot be read.
 */
export function readHistory(dataDir: string, since = 0): Played[] {
  const file = historyFile(dataDir);
  return [`${file}.1`, file].flatMap((part) => parseLines(read(part))).filter(({ at }) => Date.parse(at) >= since);
}

/** The list of what was shown, as it grows. */
export class History {
  readonly #dataDir: string;
  /** The last ones in the file, oldest first; undefined: not looked yet. */
  #recent: readonly Played[] | undefined;
  #cut = false;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /**
   * Adds a track that began at `startedAt`, epoch ms. One of the last ones with the same begin is the same play, after another source
   * counted for a moment; so is the very last one within its length, unless the new play was seen to begin: after a restart.
   * @throws Error when it cannot be written; then it can be added again.
   */
  add(source: string, track: Track, startedAt: number, seen = false): void {
    const file = historyFile(this.#dataDir);
    try {
      makeFolder(this.#dataDir);
      checkStore(this.#dataDir);
      const recent = (this.#recent ??= this.#look(file));
      if (recent.some((one) => isSameTrack(one, track) && Math.abs(startedAt - Date.parse(one.at)) <= sameBeginMs)) return;
      if (!seen && continues(recent.at(-1), track, startedAt)) return;
      const { artist, title, album, duration } = track;
      const played = { at: new Date(startedAt).toISOString(), source, artist, title, album, duration };
      append(file, `${this.#cut ? "\n" : ""}${JSON.stringify(played)}\n`);
      this.#recent = [...recent, played].slice(-recentTracks);
      this.#cut = false;
    } catch (error) {
      // A full disk may have taken a part of the line.
      this.#recent = undefined;
      throw new Error(`cannot write ${file}: ${messageOf(error)}`, { cause: error });
    }
  }

  #look(file: string): readonly Played[] {
    const text = readEnd(file, lastBytes) ?? "";
    this.#cut = text !== "" && !text.endsWith("\n");
    return parseLines(text).slice(-recentTracks);
  }
}

function append(file: string, line: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > longestFile) renameSync(file, `${file}.1`);
  const { fd } = openOwn(file, "append");
  try {
    if (writeSync(fd, line) < Buffer.byteLength(line)) throw new Error("the disk is full");
  } finally {
    closeSync(fd);
  }
}

/** Whether a track that began at `startedAt` is still the play of the last line. */
function continues(last: Played | undefined, track: Track, startedAt: number): boolean {
  if (last === undefined || !isSameTrack(last, track)) return false;
  const lateMs = startedAt - Date.parse(last.at);
  return lateMs >= 0 && lateMs < lengthOf(last) * 1000;
}

function lengthOf({ duration }: Played): number {
  // A little less than its length: the next play may begin a moment early.
  return duration > 0 ? duration * 0.9 : unknownLength;
}

function read(file: string): string {
  return readEnd(file, longestFile + lastBytes) ?? "";
}

function parseLines(text: string): Played[] {
  return text.split("\n").flatMap((line) => playedSchema.safeParse(parseJson(line)).data ?? []);
}
