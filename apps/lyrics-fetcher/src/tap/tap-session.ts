import { splitWords } from "../words/split-words.ts";

/** One line that is tapped along. */
export interface TapLine {
  readonly text: string;
  /** What is tapped: its words, or the whole line. */
  readonly parts: readonly string[];
}

/** How far somebody has tapped along a song. */
export interface TapSession {
  readonly lines: readonly TapLine[];
  /** When each part began, seconds, in the order of the parts of all lines; ascending. */
  readonly taps: readonly number[];
}

/** The place of the part that is tapped next; the number of lines when all are. */
export interface TapPlace {
  readonly line: number;
  readonly part: number;
}

/** Begins at the first line. Lines without a word are left out. `wholeLines`: one tap a line instead of one a word */
export function beginTaps(texts: readonly string[], { wholeLines = false }: { readonly wholeLines?: boolean | undefined } = {}): TapSession {
  const lines = texts.map((text) => text.trim()).map((text) => ({ text, parts: wholeLines ? [text] : splitWords(text) }));
  return { lines: lines.filter(({ text, parts }) => text !== "" && parts.length > 0), taps: [] };
}

/** The next part begins now. A tap at an earlier place of the song than the last one does not count, so that one key too many loses nothing. */
export function tap({ lines, taps }: TapSession, seconds: number): TapSession {
  const counts = seconds > (taps.at(-1) ?? -Infinity) && taps.length < countParts(lines);
  return { lines, taps: counts ? [...taps, seconds] : taps };
}

/** Takes back the line that is being tapped; between two lines the one before. */
export function undoLine({ lines, taps }: TapSession): TapSession {
  const { line, part } = placeOf({ lines, taps });
  const first = lines.slice(0, part === 0 ? Math.max(0, line - 1) : line);
  return { lines, taps: taps.slice(0, countParts(first)) };
}

/** What is tapped next. */
export function placeOf({ lines, taps }: TapSession): TapPlace {
  let left = taps.length;
  for (const [line, { parts }] of lines.entries()) {
    if (left < parts.length) return { line, part: left };
    left -= parts.length;
  }
  return { line: lines.length, part: 0 };
}

/** Whether every part has its time. */
export function isTapped(session: TapSession): boolean {
  return session.taps.length >= countParts(session.lines);
}

function countParts(lines: readonly TapLine[]): number {
  return lines.reduce((sum, { parts }) => sum + parts.length, 0);
}
