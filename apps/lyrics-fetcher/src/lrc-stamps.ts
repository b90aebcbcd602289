/** A time stamp found in a line, and where. */
export interface Stamp {
  /** Seconds. */
  time: number;
  start: number;
  end: number;
}

/** How stamps of three numbers without a fraction are meant. */
export type ThreeNumbers = "mm:ss:xx" | "hh:mm:ss";

// The wide signs are what East Asian keyboards write.
const numbers = String.raw`\s*(-?\d{1,4})\s*[:：]\s*(\d{1,2})(?:\s*([:：.,．，])\s*(\d{1,12}))?(?:\s*[:：.,．，]\s*(\d{1,12}))?\s*`;
const lineStamp = new RegExp(String.raw`[\[［【]${numbers}[\]］】]`, "g");
const wordStamp = new RegExp(`<${numbers}>`, "g");

/** A song does not begin this many lines within so many seconds: then the last number counts seconds, not hundredths. */
const fewestLines = 4;
const tooShortSec = 15;

/** The stamps `[mm:ss.xx]` of a line in their order; with wide signs, decimal comma, hours, blanks and any number of decimals too. */
export function lineStamps(line: string, three: ThreeNumbers): Stamp[] {
  return findStamps(line, lineStamp, three);
}

/** The word stamps `<mm:ss.xx>` of enhanced LRC. */
export function wordStamps(line: string, three: ThreeNumbers): Stamp[] {
  return findStamps(line, wordStamp, three);
}

/** The text without word stamps; syllables stay joined as they stood. */
export function withoutWordStamps(text: string): string {
  return text.replace(wordStamp, "");
}

/** How this text means stamps of three numbers: `[01:02:30]` is 62.3 s, unless other stamps show that it counts hours. */
export function threeNumbersOf(text: string): ThreeNumbers {
  const found = [...text.matchAll(lineStamp)];
  if (found.some(([, , , separator, , fraction]) => isColon(separator) && fraction !== undefined)) return "hh:mm:ss";
  const three = found.filter(([, , , separator]) => isColon(separator));
  const latest = three.reduce((most, [, first, second]) => Math.max(most, Number(first) * 60 + Number(second)), 0);
  const areSeconds = three.every(([, , , , third]) => third?.length === 2 && Number(third) < 60);
  return three.length >= fewestLines && latest < tooShortSec && areSeconds ? "hh:mm:ss" : "mm:ss:xx";
}

function isColon(separator: string | undefined): boolean {
  return separator === ":" || separator === "：";
}

function findStamps(line: string, pattern: RegExp, three: ThreeNumbers): Stamp[] {
  return Array.from(line.matchAll(pattern), (match) => ({
    time: timeOf(match, three),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function timeOf([, first, second, separator, third = "0", fraction]: RegExpExecArray, three: ThreeNumbers): number {
  const hours = isColon(separator) && (fraction !== undefined || three === "hh:mm:ss");
  const leading = Math.abs(Number(first));
  const time = hours
    ? leading * 3600 + Number(second) * 60 + Number(`${third}.${fraction ?? 0}`)
    : leading * 60 + Number(`${second}.${third}`);
  return first?.startsWith("-") === true ? -time : time;
}
