import type { MarkedLine } from "../song.ts";
import type { MeaningSource } from "./meaning-source.ts";
import { stopWords } from "./stop-words.ts";

/** Keywords from the words themselves, by rules without a model. */
export const wordMeaning: MeaningSource = {
  name: "rules",
  ask: async (lines) => ({ keywords: lines.map((line, index): MarkedLine => ({ ...line, line: index, text: keywords(line.text).join(" ") })).filter(({ text }) => text !== "") }),
};

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const perLine = 3;

/**
 * The keywords of a line: its first three words that are long enough and not stop words, without repetition, upper case.
 * Words are found by the rules of Unicode, so that scripts without blanks have them too.
 */
export function keywords(text: string): string[] {
  const words = Array.from(segmenter.segment(text.normalize("NFC")))
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment }) => segment)
    .filter((word) => !stopWords.has(word.toLowerCase().replaceAll("’", "'")) && isLongEnough(word));
  return [...new Set(words.map((word) => word.toUpperCase()))].slice(0, perLine);
}

/**
 * More than two letters, as the contract says, in scripts that spell sounds. A single ideograph is a word; so are two
 * characters of Katakana, Hangul or Thai. Short Hiragana is grammar.
 */
function isLongEnough(word: string): boolean {
  if (!/\p{L}/u.test(word)) return false;
  if (/\p{Script=Han}/u.test(word)) return true;
  const letters = word.match(/[\p{L}\p{M}\p{N}]/gu)?.length ?? 0;
  return /[\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(word) ? letters >= 2 : letters >= 3;
}
