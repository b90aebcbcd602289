import { parseLrc } from "./lrc.ts";
import type { LyricLine } from "./lyric-line.ts";
import { substationAsLrc } from "./substation.ts";
import { subtitlesAsLrc } from "./subtitles.ts";
import { secondsAsLrc, timedRowsAsLrc } from "./timed-rows.ts";
import { parseTtml } from "./ttml.ts";

/** Reads lyrics with time stamps, whatever their format. @returns lines sorted by time; none without time stamps. Never throws. */
export function parseLyrics(text: string): LyricLine[] {
  if (isTtml(text)) return parseTtml(text);
  const lines = parseLrc(substationAsLrc(text) ?? subtitlesAsLrc(text) ?? text);
  if (lines.length > 0) return lines;
  const rows = timedRowsAsLrc(text);
  return parseLrc(rows ?? secondsAsLrc(text) ?? "");
}

function isTtml(text: string): boolean {
  // Trimmed first: a pattern that skips blanks itself takes very long for a text of nothing else. A byte order mark is one of them.
  return /^<(?:\?xml|!DOCTYPE|!--|(?:\w{1,20}:)?tt[\s>])/.test(text.trimStart());
}

/** How finely lyrics are timed. */
export type Timing = "words" | "lines" | "none";

/**
 * How finely these lines are timed; words count where most lines have them. A line of one word needs none, and neither does a translation,
 * which has the time of its line.
 */
export function timingOf(lines: readonly LyricLine[]): Timing {
  const sung = lines.filter(({ text }) => text !== "");
  if (sung.length === 0) return "none";
  const stamped = new Set(sung.flatMap(({ time, words }) => (words === undefined ? [] : time)));
  const others = new Set(sung.flatMap(({ time, text }) => (stamped.has(time) || !text.includes(" ") ? [] : time)));
  return stamped.size > others.size ? "words" : "lines";
}
