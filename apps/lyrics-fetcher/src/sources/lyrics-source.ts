import type { Rung } from "../ladder.ts";
import type { FoundLyrics, LyricsQuery } from "../song.ts";

/** One place to find lyrics: null when it knows that the song has none, undefined when it does not know. */
export type LyricsSource = Rung<LyricsQuery, FoundLyrics | null>;
