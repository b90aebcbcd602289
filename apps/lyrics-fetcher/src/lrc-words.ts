import { wordStamps } from "./lrc-stamps.ts";
import type { ThreeNumbers } from "./lrc-stamps.ts";
import { longestText, plainText, withoutSinger } from "./lrc-text.ts";
import type { LyricWord } from "./lyric-line.ts";

/** What stands behind one stamp of a line. */
export interface Piece {
  /** Seconds. */
  time: number;
  raw: string;
}

/** Scripts that put no blanks between words: what has a time of its own there is a word of its own. */
const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The words of a line with their times: syllables are joined to the word they belong to; a stamp without text ends the word before it.
 * @param pieces what stands behind the square stamps of the line; stamps in angle brackets part them further.
 * @returns empty when the line has no word stamps, or they go back in time.
 */
export function wordsOf(pieces: readonly Piece[], three: ThreeNumbers): LyricWord[] {
  return wordsFrom(pieces.flatMap((piece) => parted(piece, three)));
}

/** The words that pieces of a line make, as {@link wordsOf} says. */
export function wordsFrom(pieces: readonly Piece[]): LyricWord[] {
  const parts = pieces.map(({ time, raw }) => ({ time, text: plainText(raw) }));
  if (parts.some(({ time }, index) => time < (parts[index - 1]?.time ?? 0))) return [];
  const words = withoutName(joined(parts));
  const [only] = words;
  const isStamped = words.length > 1 || (only !== undefined && parts.length > 1 && !only.text.includes(" "));
  return isStamped ? shortEnough(words) : [];
}

/** As much of a line as is shown. */
function shortEnough(words: readonly LyricWord[]): LyricWord[] {
  let length = 0;
  return words.filter(({ text }) => (length += text.length + 1) <= longestText);
}

/** Parts a piece at its stamps in angle brackets. */
function parted({ time, raw }: Piece, three: ThreeNumbers): Piece[] {
  const stamps = wordStamps(raw, three);
  const head = { time, raw: raw.slice(0, stamps[0]?.start) };
  return [head, ...stamps.map((stamp, index) => ({ time: stamp.time, raw: raw.slice(stamp.end, stamps[index + 1]?.start) }))];
}

function joined(parts: readonly { time: number; text: string }[]): LyricWord[] {
  const words: LyricWord[] = [];
  let begins = true;
  for (const { time, text } of parts) {
    const last = words.at(-1);
    const sung = text.trim();
    if (sung === "") {
      if (last !== undefined && last.end === undefined && time > last.time) last.end = time;
      begins ||= text !== "";
    } else if (last === undefined || begins || text.startsWith(" ") || withoutBlanks.test(sung[0] ?? "") || withoutBlanks.test(last.text.at(-1) ?? "")) {
      words.push({ time, text: sung });
      begins = text.endsWith(" ");
    } else {
      last.text += sung;
      delete last.end;
      begins = text.endsWith(" ");
    }
  }
  return words;
}

/** Without the name of the singer, alone or before the first word. */
function withoutName(words: readonly LyricWord[]): LyricWord[] {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  // The name counts only where something follows it.
  const text = rest.length === 0 ? withoutSinger(first.text) : withoutSinger(`${first.text} ${rest[0]?.text ?? ""}`).slice(0, -((rest[0]?.text.length ?? 0) + 1));
  return text.trim() === "" ? rest : [{ ...first, text }, ...rest];
}
