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
