import { cutText, widthOf } from "./fit.ts";

/**
 * Wraps a text to rows of at most `width` cells, broken between words. @param most largest number of rows; a longer text
 * ends in "…"
 */
export function wrapText(text: string, width: number, most = Infinity): string[] {
  const rows: string[] = [];
  for (const word of text.split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  if (rows.length <= most) return rows.map((row) => cutText(row, width));
  const kept = rows.slice(0, most - 1);
  return [...kept, rows.slice(most - 1).join(" ")].map((row) => cutText(row, width));
}

/** A whole text on rows of at most `width` cells: broken between words, and inside words that are longer than a row. Nothing is left out. */
export function fold(text: string, width: number): string[] {
  return text.split(/\r?\n/).flatMap((line) => wrapWords(line, Math.max(1, width)));
}

function wrapWords(text: string, width: number): string[] {
  const rows: string[] = [];
  for (const word of text.split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(...pieces(word, width));
  }
  return rows;
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const parts = [""];
  for (const character of Array.from(word)) {
    const last = parts.at(-1) ?? "";
    if (last !== "" && widthOf(last + character) > width) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}
