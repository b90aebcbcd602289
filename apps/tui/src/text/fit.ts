import { foreignWidth, graphemesOf } from "./foreign-width.ts";
import { Span, isHarmless, textOf } from "./span.ts";
import type { Line, Style } from "./span.ts";

/** Number of cells of a text in a terminal; a wide character takes two. */
export function widthOf(text: string): number {
  return isHarmless(text) ? text.length : foreignWidth(text);
}

/** Number of cells of a row. */
export function lineWidth(line: Line): number {
  return plainWidth(line) ?? widthOf(textOf(line));
}

/** The same where every character takes one cell, without a look at them; else undefined. */
function plainWidth(line: Line): number | undefined {
  let width = 0;
  for (const { text, isPlain } of line) {
    if (!isPlain) return undefined;
    width += text.length;
  }
  return width;
}

/** A text in exactly `width` cells: cut with "…", or filled with spaces on the right. */
export function fitText(text: string, width: number): string {
  const cut = cutText(text, width);
  return cut + " ".repeat(Math.max(0, width - widthOf(cut)));
}

/** A text in exactly `width` cells, filled on the left. */
export function alignRight(text: string, width: number): string {
  const cut = cutText(text, width);
  return " ".repeat(Math.max(0, width - widthOf(cut))) + cut;
}

/** A text in at most `width` cells. */
export function cutText(given: string, width: number): string {
  if (width <= 0) return "";
  // A stranger may send any length: what cannot be shown is not measured.
  const text = given.length > most(width) ? sliceWhole(given, most(width)) : given;
  if (text === given && widthOf(text) <= width) return text;
  // Where spaces alone do not fit, nothing is missing.
  const bare = given.trimEnd();
  if (bare.length < given.length && bare.length <= most(width) && widthOf(bare) <= width) return bare;
  return isHarmless(text) ? `${text.slice(0, width - 1)}…` : cutGraphemes(text, width);
}

/** Code units that are looked at for so many cells: no character of ours has more for each of its cells. */
const most = (width: number): number => 16 * width + 64;

/** The beginning of a text, without half a surrogate pair at its end. */
function sliceWhole(text: string, end: number): string {
  return text.slice(0, end).replace(/[\ud800-\udbff]$/, "");
}

/** As many whole characters as leave a cell for the "…": one pass over what is shown, however long the rest is. */
function cutGraphemes(text: string, width: number): string {
  let cut = "";
  let used = 0;
  for (const grapheme of graphemesOf(text)) {
    used += grapheme.width;
    if (used > width - 1) break;
    cut += grapheme.text;
  }
  return `${cut}…`;
}

/** A row of exactly `width` cells. */
export function fitLine(line: Line, width: number): Line {
  const known = plainWidth(line);
  if (known !== undefined && known <= width) return known === width ? line : [...line, fill(width - known, line.at(-1)?.style)];
  // Cut as one text, because a combining mark at the start of a span belongs to the character before it.
  const cut = cutText(textOf(line), width);
  const fitted: Span[] = [];
  let at = 0;
  for (const { text, style } of line) {
    const piece = cut.slice(at, at + text.length);
    if (piece !== "") fitted.push(new Span(piece, style));
    at += text.length;
  }
  const used = widthOf(cut);
  if (used < width) fitted.push(fill(width - used, fitted.at(-1)?.style));
  return fitted;
}

const fill = (cells: number, style: Style | undefined): Span => new Span(" ".repeat(cells), fillStyle(style));

/** The space behind a text belongs to it: it is reversed and clicked with it. */
function fillStyle({ inverse = false, click }: Style = {}): Style {
  return { ...(inverse ? { inverse } : {}), ...(click === undefined ? {} : { click }) };
}

/** Two rows in one of `width` cells: `right` is at the end and is kept whole. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = Math.min(lineWidth(right), width);
  return [...fitLine(left, width - rightWidth), ...fitLine(right, rightWidth)];
}
