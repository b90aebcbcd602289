import { cutText, widthOf } from "./fit.ts";
import { graphemesOf } from "./foreign-width.ts";

/**
 * Wraps a text to rows of at most `width` cells, broken between words. @param most largest number of rows; a longer text
 * ends in "…"
 */
export function wrapText(text: string, width: number, most = Infinity): string[] {
  const rows = wrapWords(text, width, (word) => [word]);
  if (rows.length <= most) return rows.map((row) => cutText(row, width));
  const kept = rows.slice(0, most - 1);
  return [...kept, rows.slice(most - 1).join(" ")].map((row) => cutText(row, width));
}

/** A whole text on rows of at most `width` cells: broken between words, and inside words that are longer than a row. Nothing is left out. */
export function fold(text: string, width: number): string[] {
  const cells = Math.max(1, width);
  return text.split(/\r?\n/).flatMap((line) => wrapWords(line, cells, (word) => pieces(word, cells)));
}

/** @param split what a word that begins a row becomes */
function wrapWords(text: string, width: number, split: (word: string) => readonly string[]): string[] {
  const rows: string[] = [];
  let used = Infinity;
  for (const word of text.split(" ")) {
    const cells = widthOf(word);
    if (used + 1 + cells <= width) {
      rows[rows.length - 1] = `${rows.at(-1) ?? ""} ${word}`;
      used += 1 + cells;
      continue;
    }
    const parts = cells <= width ? [word] : split(word);
    rows.push(...parts);
    used = widthOf(parts.at(-1) ?? "");
  }
  return rows;
}

/** A word in parts of at most `width` cells, none of which breaks a character. */
function pieces(word: string, width: number): string[] {
  const parts = [""];
  let used = 0;
  for (const { text, width: cells } of graphemesOf(word)) {
    if (used > 0 && used + cells > width) {
      parts.push("");
      used = 0;
    }
    parts[parts.length - 1] += text;
    used += cells;
  }
  return parts;
}
