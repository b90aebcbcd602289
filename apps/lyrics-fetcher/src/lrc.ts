import { median } from "@vj/schema";
import { arrange } from "./arrange-lines.ts";
import { lineStamps, threeNumbersOf, wordStamps } from "./lrc-stamps.ts";
import type { Stamp, ThreeNumbers } from "./lrc-stamps.ts";
import { sungText } from "./lrc-text.ts";
import { wordsOf } from "./lrc-words.ts";
import type { Piece } from "./lrc-words.ts";
import { movedBy } from "./lyric-line.ts";
import type { LyricLine, LyricWord } from "./lyric-line.ts";
import { linesOfText } from "./text-lines.ts";

// Some programs write a sign of its own for minus, a fraction, or the unit.
const offsetPattern = /\[offset:\s{0,9}([+\-−–]?)\s{0,9}(\d{1,7})(?:[.,]\d{1,9})?\s{0,9}(?:ms\s{0,9})?\]/i;

/**
 * Reads LRC of every known dialect: `[mm:ss.xx]`, `[m:ss]`, `[mm:ss:xx]`, `[hh:mm:ss.xx]`, decimal comma, blanks within stamps,
 * several stamps before one text; word stamps in angle or square brackets become the words of the line, syllables stay joined;
 * lines joined without a break are parted. `[offset:ms]` is applied, positive meaning earlier, as most players read it. Credits and lines
 * without a stamp are left out, names of singers and inline tags cut away.
 * @returns lines sorted by time; lines of the same time (a translation below its original) stay in order. Never throws; takes
 * time proportional to the length.
 */
export function parseLrc(lrc: string): LyricLine[] {
  const [, sign = "", ms = 0] = offsetPattern.exec(lrc) ?? [];
  const offset = (Number(ms) / 1000) * (sign === "" || sign === "+" ? 1 : -1);
  const three = threeNumbersOf(lrc);
  const lines = linesOfText(lrc).flatMap((line) => readLine(line, three));
  return arrange(lines, -offset);
}

/** Marks without width stand beside what was copied from a web page. */
const visible = /[^\s\u200b-\u200f\u2060\ufeff]/;

function readLine(line: string, three: ThreeNumbers): LyricLine[] {
  const stamps = lineStamps(line, three);
  const afterText = stamps.findIndex(({ start }, index) => visible.test(line.slice(stamps[index - 1]?.end ?? 0, start)));
  const leading = afterText < 0 ? stamps : stamps.slice(0, afterText);
  const [head = firstWord(line, three), ...repeats] = leading;
  if (head === undefined) return [];
  const inline = stamps.slice(leading.length);
  const begun = [{ ...(repeats.at(-1) ?? head), time: head.time }, ...inline];
  const pieces = begun.map(({ time, end }, index) => ({ time, raw: line.slice(end, begun[index + 1]?.start) }));
  const joined = areJoinedLines(pieces);
  const sung = joined ? pieces.slice(0, 1) : pieces;
  const text = sungText(sung.map(({ raw }) => raw).join(""));
  // The stamp of the line is often followed by one of its first word.
  const next = inline[0]?.time ?? -Infinity;
  const times = [head, ...repeats.filter(({ time }) => time < head.time || time > next)].map(({ time }) => time);
  const lines = linesAt([...new Set(times)], text, wordsOf(sung, three));
  return joined ? [...lines, ...pieces.slice(1).flatMap((piece) => linesAt([piece.time], sungText(piece.raw), wordsOf([piece], three)))] : lines;
}

/** How far word stamps may lie from the stamp of their line, seconds. */
const farthestSec = 5;

/** One text sung at several times. Its words are stamped for the time that they lie nearest to. */
function linesAt(times: readonly number[], text: string, words: readonly LyricWord[]): LyricLine[] {
  const first = words[0]?.time ?? 0;
  const stampedAt = times.reduce((nearest, time) => (Math.abs(time - first) < Math.abs(nearest - first) ? time : nearest), times[0] ?? 0);
  if (words.length === 0 || text === "" || Math.abs(stampedAt - first) > farthestSec) return times.map((time) => ({ time, text }));
  return times.map((time) => ({ ...movedBy({ time: stampedAt, text, words }, time - stampedAt), time }));
}

/** A line with word stamps only begins with its first word. */
function firstWord(line: string, three: ThreeNumbers): Stamp | undefined {
  const [first] = wordStamps(line, three);
  return first !== undefined && !visible.test(line.slice(0, first.start)) ? { ...first, end: first.start } : undefined;
}

const longGapSec = 1.2;

/**
 * Whether stamps within a line begin lines of their own: then whole phrases stand between them and they lie further apart
 * than words do, or a later one goes back in time.
 */
function areJoinedLines(pieces: readonly Piece[]): boolean {
  const gaps = pieces.slice(1).map(({ time }, index) => time - (pieces[index]?.time ?? 0));
  const phrases = pieces.map(({ raw }) => raw.trim()).filter((raw) => raw !== "");
  if (gaps.length === 0 || phrases.length < 2) return false;
  if (gaps.some((gap) => gap < 0)) return true;
  return median(gaps) >= longGapSec && median(phrases.map(isPhrase).map(Number)) === 1;
}

/** Several words, or as many signs of a script without blanks as several words have. */
function isPhrase(text: string): boolean {
  return /\S\s+\S/.test(text) || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{4}/u.test(text);
}
