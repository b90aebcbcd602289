import type { SongStore } from "../song-store.ts";
import type { LyricsSource } from "./lyrics-source.ts";

/** Lyrics that were found before. */
export function storedLyrics(store: SongStore): LyricsSource {
  return { name: "cache", ask: async ({ artist, title }) => store.get(artist, title, Date.now()) };
}
