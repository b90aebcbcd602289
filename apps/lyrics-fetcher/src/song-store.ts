import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { jsonFile } from "@vj/files";
import { z } from "zod";
import { normalizeLine } from "./refrain.ts";
import type { FoundLyrics } from "./song.ts";

/** Version of the entries. One of another version is not read: the song is looked up again and written anew. */
const version = 1;

const entrySchema = z.object({
  /** Entries from before there was a version are of the first. */
  version: z.literal(version).default(version),
  artist: z.string(),
  title: z.string(),
  /** Epoch milliseconds. */
  fetched_at: z.number(),
  /** Null: there were none. */
  lyrics: z.object({ synced: z.string().nullable(), plain: z.string().nullable(), instrumental: z.boolean() }).nullable(),
});

/** Lyrics are kept for ever; that a song has none is believed for a day, ms. */
const missMs = 24 * 60 * 60 * 1000;

/** Songs on disk, one file each. */
export class SongStore {
  readonly #dir: string;
  #files: Set<string> | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Songs in the store, those without lyrics included. */
  get count(): number {
    this.#files ??= new Set(listFiles(this.#dir));
    return this.#files.size;
  }

  /**
   * What is known of a song: its lyrics, null when there are none, undefined when it has to be looked up.
   * @param now epoch milliseconds.
   */
  get(artist: string, title: string, now: number): FoundLyrics | null | undefined {
    const entry = readEntry(path.join(this.#dir, fileName(artist, title)));
    if (entry === undefined) return undefined;
    return entry.lyrics === null && Math.abs(now - entry.fetched_at) > missMs ? undefined : entry.lyrics;
  }

  /** Stores a song. @throws Error when it cannot be written. */
  async put(song: { artist: string; title: string }, lyrics: FoundLyrics | null, now: number): Promise<void> {
    const name = fileName(song.artist, song.title);
    await jsonFile(path.join(this.#dir, name)).write({ version, artist: song.artist, title: song.title, fetched_at: now, lyrics });
    this.#files?.add(name);
  }
}

/** Names hold anything, file names do not: the file is named by a hash of artist and title. */
function fileName(artist: string, title: string): string {
  const key = JSON.stringify([artist, title].map((name) => normalizeLine(name) || name));
  return `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`;
}

function readEntry(file: string): z.output<typeof entrySchema> | undefined {
  try {
    const result = entrySchema.safeParse(jsonFile(file).read());
    return result.success ? result.data : undefined;
  } catch {
    // Missing or damaged: the song is looked up again and written anew.
    return undefined;
  }
}

function listFiles(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => name.endsWith(".json"));
  } catch {
    // No directory yet: nothing is stored.
    return [];
  }
}
