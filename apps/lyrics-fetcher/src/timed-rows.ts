import { linesOfText } from "./text-lines.ts";
import { stamp, toStampedLines } from "./write-lrc.ts";

const clock = String.raw`(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:\.\d{1,9})?)`;
/** `[00:12.00,00:15.00]text`, also with a dash or an arrow: start and end. */
const clocks = new RegExp(String.raw`^\s*\[\s*${clock}\s*(?:,|-->|->|[-–—~])\s*${clock}\s*\](.*)$`);
/** `[12000,3000]text`, as players of East Asia write it: start, and end or duration. */
const counts = /^\s*\[\s*(\d{1,9}(?:\.\d{1,9})?)\s*,\s*(\d{1,9}(?:\.\d{1,9})?)\s*\](.*)$/;

/** `[12.5]text`: seconds. */
const seconds = /^\s*\[\s*(\d{1,5}(?:\.\d{1,3})?)\s*\](.*)$/;

interface Row {
  readonly start: number;
  /** End or duration. */
  readonly second: number;
  readonly text: string;
}

/** Whole numbers up to here are seconds, as no song is so short in milliseconds. */
const longestSeconds = 1200;

/**
 * Lyrics whose lines begin with two times, as LRC; their words may have times too, as in KRC, QRC and YRC. Tags stay.
 * @returns undefined when no line begins so. Never throws; takes time proportional to the length.
 */
export function timedRowsAsLrc(text: string): string | undefined {
  const [clocked, counted, others]: [Row[], Row[], string[]] = [[], [], []];
  for (const line of linesOfText(text)) {
    const times = clocks.exec(line);
    const numbers = counts.exec(line);
    if (times !== null) clocked.push({ start: secondsOf(times.slice(1, 4)), second: secondsOf(times.slice(4, 7)), text: times[7] ?? "" });
    else if (numbers !== null) counted.push({ start: Number(numbers[1]), second: Number(numbers[2]), text: numbers[3] ?? "" });
    else others.push(line);
  }
  const rows = [...clocked.map((row) => inMs(row, 1000, true)), ...countedRows(counted)];
  return rows.length === 0 ? undefined : [...others, toStampedLines(rows)].join("\n");
}

/**
 * Lyrics whose lines begin with seconds in brackets, as LRC. Numbers without a fraction may count footnotes or verses, so
 * some must have one.
 * @returns undefined when no two lines begin so. Never throws; takes time proportional to the length.
 */
export function secondsAsLrc(text: string): string | undefined {
  const [rows, others]: [{ startMs: number; endMs: undefined; text: string }[], string[]] = [[], []];
  let fractions = 0;
  for (const line of linesOfText(text)) {
    const [, start, words = ""] = seconds.exec(line) ?? [];
    if (start === undefined) others.push(line);
    else rows.push({ startMs: Number(start) * 1000, endMs: undefined, text: words });
    if (start?.includes(".") === true) fractions += 1;
  }
  return rows.length < 2 || fractions < rows.length / 2 ? undefined : [...others, toStampedLines(rows)].join("\n");
}

function countedRows(rows: readonly Row[]): ReturnType<typeof inMs>[] {
  // Times of words are always in ms.
  const haveWords = rows.some(({ text }) => /[<(]\d{1,9},\d{1,9}(?:,\d{1,9})?[>)]/.test(text));
  const areSeconds = !haveWords && (rows.every(({ start }) => start <= longestSeconds) || rows.some(({ start }) => !Number.isInteger(start)));
  const areEnds = rows.every(({ start, second }) => second >= start);
  return rows.map((row) => inMs(row, areSeconds ? 1000 : 1, areEnds));
}

function inMs({ start, second, text }: Row, factor: number, isEnd: boolean): { startMs: number; endMs: number; text: string } {
  const startMs = start * factor;
  return { startMs, endMs: isEnd ? second * factor : startMs + second * factor, text: withWordStamps(text, startMs) };
}

/** `<offset,duration,0>word` (KRC), `(start,duration,0)word` (YRC) and `word(start,duration)` (QRC), in ms, as stamps before the words. */
function withWordStamps(text: string, startMs: number): string {
  const before = text
    .replaceAll(/<(\d{1,9}),\d{1,9}(?:,\d{1,9})?>/g, (_, offset: string) => `<${stamp(startMs + Number(offset))}>`)
    .replaceAll(/\((\d{1,9}),\d{1,9},\d{1,9}\)/g, (_, start: string) => `<${stamp(Number(start))}>`);
  const behind = [...before.matchAll(/\((\d{1,9}),\d{1,9}\)/g)];
  const words = behind.map((match, index) => {
    const previous = behind[index - 1];
    const from = previous === undefined ? 0 : previous.index + previous[0].length;
    return `<${stamp(Number(match[1]))}>${before.slice(from, match.index)}`;
  });
  const last = behind.at(-1);
  return words.join("") + (last === undefined ? before : before.slice(last.index + last[0].length));
}

function secondsOf([hours = "0", minutes = "0", seconds = "0"]: readonly string[]): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
