import { messageOf } from "@vj/schema";
import { askLrclib } from "./lrclib.ts";
import type { FoundLyrics, LrclibOptions, LyricsQuery } from "./lrclib.ts";
import type { LyricsCache } from "./lyrics-cache.ts";

/** The lyrics of a song, null when there are none, and where that is known from. */
export interface LyricsResult {
  lyrics: FoundLyrics | null;
  origin: "cache" | "lrclib";
}

export interface FindOptions extends LrclibOptions {
  cache: LyricsCache;
  /** Told when the answer could not be remembered. */
  onProblem(problem: string): void;
}

/**
 * Looks a song up: what is remembered, else LRCLIB, which is then remembered.
 * @throws Error when LRCLIB could not tell.
 */
export async function findLyrics(query: LyricsQuery, options: FindOptions): Promise<LyricsResult> {
  const { cache, onProblem } = options;
  const remembered = cache.get(query.artist, query.title, Date.now());
  if (remembered !== undefined) return { lyrics: remembered, origin: "cache" };
  const lyrics = (await askLrclib(query, options)) ?? null;
  try {
    await cache.put(query, lyrics, Date.now());
  } catch (error) {
    onProblem(messageOf(error));
  }
  return { lyrics, origin: "lrclib" };
}
