import type { LyricLine } from "./lyric-line.ts";
import { parseLyrics, timingOf } from "./parse-lyrics.ts";
import type { Timing } from "./parse-lyrics.ts";
import type { FoundLyrics } from "./song.ts";
import type { StoredSong } from "./song-store.ts";

/** The lyrics of a song for a person: where they come from, how they are timed, and what is sung. */
export interface SongSheet {
  readonly artist: string;
  readonly title: string;
  /** The source that had them; empty when there are none. */
  readonly source: string;
  /** Whether a person picked them. */
  readonly picked: boolean;
  readonly timing: Timing;
  readonly instrumental: boolean;
  readonly lines: readonly LyricLine[];
  /** The text without times, where there are none. */
  readonly plain: string;
}

/** Longer sheets come without words: they must fit into one message. Characters of JSON. */
const longestSheet = 700_000;
const longestPlain = 200_000;

/** The sheet as it fits into one message. */
export function shortSheet(sheet: SongSheet): SongSheet {
  const whole = JSON.stringify(sheet.lines).length <= longestSheet;
  return { ...sheet, plain: sheet.plain.slice(0, longestPlain), lines: whole ? sheet.lines : sheet.lines.map(({ time, text }) => ({ time, text })) };
}

/** What is known of a song as a sheet. */
export function sheetOf(song: { artist: string; title: string; lyrics: FoundLyrics | null; source: string; picked: boolean }): SongSheet {
  const { artist, title, lyrics, source, picked } = song;
  const lines = parseLyrics(lyrics?.synced ?? lyrics?.plain ?? "");
  return { artist, title, source, picked, timing: timingOf(lines), instrumental: lyrics?.instrumental ?? false, lines, plain: lines.length > 0 ? "" : (lyrics?.plain ?? "") };
}

/** One song of the store in a list. */
export interface StoredSummary {
  readonly artist: string;
  readonly title: string;
  readonly source: string;
  /** Which of its versions; of an own file `folder:` and its path below `lyrics_dir`. */
  readonly id: string;
  readonly picked: boolean;
  readonly timing: Timing;
  readonly instrumental: boolean;
  /** Whether there are lyrics at all; false: that there are none is what is stored. */
  readonly found: boolean;
  readonly lines: number;
  /** ISO 8601. */
  readonly fetched_at: string;
}

/** A stored song as a list shows it. */
export function summaryOf(song: StoredSong): StoredSummary {
  const { lines, plain: _, ...sheet } = sheetOf(song);
  return { ...sheet, id: song.id, found: song.lyrics !== null, lines: lines.length, fetched_at: new Date(song.fetched_at).toISOString() };
}
