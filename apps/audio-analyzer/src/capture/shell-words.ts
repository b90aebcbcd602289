import { SoundError } from "../errors.ts";

/**
 * Splits a command line into words as a POSIX shell does: blanks separate, '…' is literal, "…" accepts `\"` and `\\`,
 * a backslash takes the next character literally. Nothing is expanded and no shell is started.
 * @throws SoundError `source` when a quote is not closed or a backslash ends the line
 */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote !== "") {
      if (char === quote) quote = "";
      else if (char === "\\" && quote === '"' && /["\\]/.test(line.charAt(at + 1))) word = (word ?? "") + line.charAt((at += 1));
      else word = (word ?? "") + char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
    } else if (char === "\\") {
      if (at + 1 === line.length) throw new SoundError("source", `"${line}" ends with a backslash: write \\\\ for a literal one`);
      word = (word ?? "") + line.charAt((at += 1));
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + char;
    }
  }
  if (quote !== "") throw new SoundError("source", `"${line}": the ${quote} is not closed: add another one`);
  if (word !== undefined) words.push(word);
  return words;
}
