import type { Track } from "@vj/playback";

/** Rules for the tracks that are shown. */
export interface ShowRules {
  /** Tracks shorter than this are not shown, seconds; one of unknown length is. */
  readonly minLengthSec: number;
  /** Patterns of "Artist - Title" that are not shown. */
  readonly skip: readonly string[];
}

/** Reason why a track is not shown, for a person; undefined when it is shown. */
export function whySkipped(track: Track, { skip, minLengthSec }: ShowRules): string | undefined {
  if (track.duration > 0 && track.duration < minLengthSec) return `shorter than ${minLengthSec} s`;
  const name = track.artist === "" ? track.title : `${track.artist} - ${track.title}`;
  const pattern = skip.find((wanted) => matches(name, wanted));
  return pattern === undefined ? undefined : `matches the pattern "${pattern}"`;
}

/**
 * Whether a text matches a pattern, ignoring case: `*` stands for anything; a pattern without one may occur anywhere in
 * the text. Takes time proportional to both lengths.
 */
export function matches(text: string, pattern: string): boolean {
  const [whole, parts] = [text.toLowerCase(), pattern.toLowerCase().split("*")];
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return whole.includes(first);
  if (!whole.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = whole.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return whole.length - last.length >= from && whole.endsWith(last);
}
