import { createHash } from "node:crypto";
import { unlinkSync } from "node:fs";
import path from "node:path";
import { jsonFile, systemErrorCode } from "@vj/files";
import { z } from "zod";
import { normalizeLine } from "./refrain.ts";
import type { FoundLyrics, LyricsQuery } from "./song.ts";
import { fitsDuration } from "./song.ts";
import { StoreFolder } from "./store-folder.ts";

/** Version of the entries. One of another version is not read: the song is looked up again and written anew. */
const version = 1;

const entrySchema = z.object({
  /** Entries from before there was a version are of the first. */
  version: z.literal(version).default(version),
  artist: z.string(),
  title: z.string(),
  /** Seconds; of another version of the song they differ. Left out: not known. */
  duration: z.number().optional(),
  /** Epoch milliseconds. */
  fetched_at: z.number(),
  /** Null: there were none. */
  lyrics: z.object({ synced: z.string().nullable(), plain: z.string().nullable(), instrumental: z.boolean() }).nullable(),
  /** The source that had them, and which of its versions. */
  source: z.string().default("lrclib"),
  id: z.string().default(""),
  /** Whether a person chose them. */
  picked: z.boolean().default(false),
});

/** What is stored of a song. */
export type StoredSong = Readonly<Omit<z.output<typeof entrySchema>, "version">>;

const dayMs = 24 * 60 * 60 * 1000;
/** That a song has none, or none with time stamps, may change soon; ms. */
const freshMs = { miss: dayMs, plain: 7 * dayMs, synced: 30 * dayMs };
/** A song with time stamps for each word is about 10 KiB; none that a source gives is longer than this. */
const entryBytes = 8_388_608;

/** Songs on disk, one file each: bounded in number and size, the oldest make room. What a person chose goes last. */
export class SongStore {
  readonly #folder: StoreFolder;

  constructor(dir: string) {
    this.#folder = new StoreFolder(dir);
  }

  /** Songs in the store, those without lyrics included. */
  get count(): number {
    return this.#folder.count;
  }

  /** What is stored of a song, however old; undefined when nothing is, or it cannot be read. */
  get({ artist, title }: SongName): StoredSong | undefined {
    return this.#read(fileName(artist, title));
  }

  /** Every song, in the order of their names. */
  list(): StoredSong[] {
    return this.#folder.names().flatMap((name) => this.#read(name) ?? []).toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
  }

  /** Stores a song. @throws Error when it cannot be written. */
  async put(song: StoredSong): Promise<void> {
    const { artist, title, duration, fetched_at, lyrics, source, id, picked } = song;
    const name = fileName(artist, title);
    const text = await this.#file(name).write({ version, artist, title, duration, fetched_at, lyrics, source, id, picked });
    this.#folder.makeRoom({ name, bytes: text.length }, (other) => this.#read(other)?.picked !== true);
  }

  /** Removes a song. @returns whether it was there. @throws Error of the file system. */
  remove({ artist, title }: SongName): boolean {
    return this.#unlink(fileName(artist, title));
  }

  /** Removes every song. @returns how many there were. @throws Error of the file system. */
  clear(): number {
    return this.#folder.names().filter((name) => this.#unlink(name)).length;
  }

  #unlink(name: string): boolean {
    try {
      unlinkSync(path.join(this.#folder.dir, name));
      return true;
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return false;
      throw error;
    }
  }

  #read(name: string): StoredSong | undefined {
    try {
      const { version: _, ...song } = entrySchema.parse(this.#file(name).read());
      return song;
    } catch {
      // Missing or damaged: the song is looked up again and written anew.
      return undefined;
    }
  }

  #file(name: string): ReturnType<typeof jsonFile> {
    return jsonFile(path.join(this.#folder.dir, name), { maxBytes: entryBytes });
  }
}

/** The store of a rig. @param dataDir its data directory */
export function songStore(dataDir: string): SongStore {
  return new SongStore(path.join(dataDir, "lyrics"));
}

/** What a song is stored by. */
export type SongName = Readonly<{ artist: string; title: string }>;

/** Whether what is stored may be used without asking again. @param now epoch milliseconds */
export function isFresh({ lyrics, picked, fetched_at }: StoredSong, now: number): boolean {
  const age = Math.abs(now - fetched_at);
  return picked || age <= (lyrics === null ? freshMs.miss : isTimed(lyrics) ? freshMs.synced : freshMs.plain);
}

/** Whether what is stored is of this version of the song, as far as durations tell; what a person picked always is. */
export function isOfVersion({ picked, duration: stored }: StoredSong, { duration }: LyricsQuery): boolean {
  return picked || fitsDuration(stored, duration);
}

function isTimed({ synced, instrumental }: FoundLyrics): boolean {
  return synced !== null || instrumental;
}

function nameOf({ artist, title }: SongName): string {
  return `${artist} - ${title}`;
}

/** Names hold anything, file names do not: the file is named by a hash of artist and title. */
function fileName(artist: string, title: string): string {
  const key = JSON.stringify([artist, title].map((name) => normalizeLine(name) || name));
  return `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`;
}
