import { parseLrc } from "./lrc.ts";
import type { LyricLine } from "./lyric-line.ts";

/** Reads lyrics with time stamps, whatever their format. @returns lines sorted by time; none without time stamps. Never throws. */
export function parseLyrics(text: string): LyricLine[] {
  return parseLrc(text);
}

/** Whether there are time stamps, at a glance. */
export function hasStamps(text: string): boolean {
  return /[[<]\s*\d{1,4}\s*:\s*\d/.test(text) || /<p\s[^>]{0,1000}\bbegin=/.test(text);
}

/** How finely lyrics are timed. */
export type Timing = "words" | "lines" | "none";

/** How finely these lines are timed; words count where most lines have them. */
export function timingOf(lines: readonly LyricLine[]): Timing {
  const sung = lines.filter(({ text }) => text !== "");
  if (sung.length === 0) return "none";
  return 2 * sung.filter(({ words }) => words !== undefined).length > sung.length ? "words" : "lines";
}
