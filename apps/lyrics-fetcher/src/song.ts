import type { LyricLine } from "./lyric-line.ts";
import { parseLyrics } from "./parse-lyrics.ts";
import type { Question } from "./meaning/model-prompt.ts";

/** The song to look for; what is not known is left out. */
export interface LyricsQuery {
  artist: string;
  title: string;
  album?: string;
  /** Seconds. */
  duration?: number;
}

/** How far the duration of a version may be off, seconds. */
export const durationSec = 3;

/** Whether two durations may be of one version of a song; a duration that is not known, or 0, fits every other. @param one, other seconds */
export function fitsDuration(one = 0, other = 0): boolean {
  return one <= 0 || other <= 0 || Math.abs(one - other) <= durationSec;
}

/** The lyrics of a song as a source has them. */
export interface FoundLyrics {
  /** LRC, when there are time stamps. */
  synced: string | null;
  plain: string | null;
  instrumental: boolean;
}

/** A line of the refrain, or the keywords of a line, with the index of that line in the lyrics. */
export interface MarkedLine extends LyricLine {
  line: number;
}

/** One song on its way through the steps. Each step returns a copy with its own part filled in. */
export interface Song {
  /** Undefined: no song plays. */
  readonly track: LyricsQuery | undefined;
  /** Null: there are none, or they were not looked up. */
  readonly lyrics: FoundLyrics | null;
  /** The source that knew; null before one was asked, or when none knows. */
  readonly origin: string | null;
  /** Whether a person asked for it, and not the track that began. */
  readonly byHand: boolean;
  /** Why a service could not be asked; null when all answered; undefined when none was asked. */
  readonly fault?: string | null;
  readonly lines: readonly LyricLine[];
  readonly refrain: readonly MarkedLine[];
  readonly keywords: readonly MarkedLine[];
}

/** A song of which nothing is known yet. */
export function newSong(track: LyricsQuery | undefined, { byHand = false }: { readonly byHand?: boolean } = {}): Song {
  return { track, byHand, lyrics: null, origin: null, lines: [], refrain: [], keywords: [] };
}

/** What is asked about a song with these lyrics. */
export function questionAbout({ artist, title }: { artist: string; title: string }, lyrics: FoundLyrics | null): Question {
  return questionOf({ ...newSong({ artist, title }), lyrics, lines: parseLyrics(lyrics?.synced ?? "") });
}

/** What is asked about a song. Without time stamps its words count all the same. */
export function questionOf({ track, lines, lyrics }: Song): Question {
  const { artist, title } = track ?? { artist: "", title: "" };
  const plain = lyrics?.plain?.split("\n").map((text) => ({ text: text.trim() })) ?? [];
  return { artist, title, lines: lines.length > 0 ? lines : plain };
}
