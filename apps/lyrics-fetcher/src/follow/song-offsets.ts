import path from "node:path";
import { jsonFile } from "@vj/files";
import type { JsonFile } from "@vj/files";
import { z } from "zod";
import { normalizeLine } from "../refrain.ts";
import type { LyricsQuery } from "../song.ts";

/** As much as the setting `timing_offset_ms` may be. */
export const mostOffsetMs = 60_000;
/** Then the songs that were not changed for longest are forgotten. */
const mostSongs = 5000;

const fileSchema = z.object({
  version: z.literal(1),
  /** Milliseconds by song, the one changed last at the end. */
  songs: z.array(z.object({ artist: z.string(), title: z.string(), offset_ms: z.number().min(-mostOffsetMs).max(mostOffsetMs) })),
});
type Entry = z.output<typeof fileSchema>["songs"][number];

/** The timing offsets that belong to one song each, on disk. */
export class SongOffsets {
  readonly #file: JsonFile;
  #songs: Map<string, Entry> | undefined;

  constructor(dataDir: string) {
    this.#file = jsonFile(path.join(dataDir, "lyrics-offsets.json"), { maxBytes: 4 * 1_048_576 });
  }

  /** Milliseconds; undefined when the song has no offset of its own. */
  get(song: LyricsQuery): number | undefined {
    return this.#all().get(keyOf(song))?.offset_ms;
  }

  /** Remembers an offset; undefined forgets it. @throws Error when it cannot be written; it holds until the worker ends all the same. */
  async set(song: LyricsQuery, offsetMs: number | undefined): Promise<void> {
    const songs = this.#all();
    const { artist, title } = song;
    songs.delete(keyOf(song));
    if (offsetMs !== undefined) songs.set(keyOf(song), { artist, title, offset_ms: offsetMs });
    const [oldest] = songs.keys();
    if (songs.size > mostSongs && oldest !== undefined) songs.delete(oldest);
    await this.#file.write({ version: 1, songs: [...songs.values()] });
  }

  #all(): Map<string, Entry> {
    this.#songs ??= new Map(this.#read().map((entry) => [keyOf(entry), entry]));
    return this.#songs;
  }

  #read(): Entry[] {
    try {
      return fileSchema.safeParse(this.#file.read()).data?.songs ?? [];
    } catch {
      // Damaged: written anew with the next change.
      return [];
    }
  }
}

/** Sources write names with other cases and punctuation. */
function keyOf({ artist, title }: Pick<LyricsQuery, "artist" | "title">): string {
  return JSON.stringify([artist, title].map((name) => normalizeLine(name) || name));
}
