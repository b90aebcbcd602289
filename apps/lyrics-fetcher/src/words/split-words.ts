const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** The segmenter takes time in proportion to the square of the length, so it gets at most so many characters at once. */
const piece = /[^]{1,500}/gu;
const sung = /[\p{L}\p{N}]/u;

/** The words of a line as they are sung, with their punctuation; scripts without blanks are parted by the rules of Unicode. */
export function splitWords(text: string): string[] {
  return joinPunctuation(text.split(/\s+/u).flatMap((part) => (withoutBlanks.test(part) ? segments(part) : part)).filter((part) => part !== ""));
}

function segments(part: string): string[] {
  const pieces = part.match(piece) ?? [];
  return joinPunctuation(pieces.flatMap((text) => Array.from(segmenter.segment(text), ({ segment }) => segment)));
}

/** What is not sung by itself ("-", "。") goes with the word before it, at the beginning with the one after it. */
function joinPunctuation(parts: readonly string[]): string[] {
  const words: string[] = [];
  let head = "";
  for (const part of parts) {
    const last = words.length - 1;
    if (sung.test(part)) words.push(`${head}${part}`);
    else if (last >= 0) words[last] = `${words[last] ?? ""}${part}`;
    head = sung.test(part) || last >= 0 ? "" : `${head}${part}`;
  }
  return words;
}
