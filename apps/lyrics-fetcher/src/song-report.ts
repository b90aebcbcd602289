import { timingOf } from "./parse-lyrics.ts";
import type { Song } from "./song.ts";

/** The lyrics of a song as `get_state` and `fetch_lyrics` have them. */
export function describeLyrics({ origin, lyrics, lines, refrain, keywords }: Song): Record<string, unknown> {
  return {
    origin,
    synced: lines.length > 0,
    timing: timingOf(lines),
    plain: (lyrics?.plain ?? null) !== null,
    instrumental: lyrics?.instrumental ?? false,
    lines: lines.length,
    refrain_lines: refrain.length,
    keyword_lines: keywords.length,
  };
}

/** The result of a successful search, for a person. */
export function outcomeOf({ lyrics, lines }: Song): string {
  if (lines.length > 0) return "Lyrics fetched and analyzed";
  return lyrics?.instrumental === true ? "An instrumental: there is nothing to sing" : "Lyrics found, but without time stamps: they cannot be published line by line";
}

/** What is known of a song without lyrics. */
export function nothingFound({ artist, title }: { artist: string; title: string }): string {
  return `LRCLIB has no lyrics of ${artist} - ${title}`;
}
