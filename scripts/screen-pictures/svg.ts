import type { PaintedPicture } from "../../apps/tui/src/session.ts";
import { look, looksOf, styleRules } from "./look.ts";
import { textRuns } from "./text-runs.ts";
import type { TextRun } from "./text-runs.ts";

const number = (value: number): string => String(Math.round(value * 100) / 100);
const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * A text in its cells, as SVG. Its length is set, so that every font puts it into the same cells.
 * @param more class names besides those of its style @param attributes further ones, with a blank before each
 */
export function drawRun({ column, cells, text, style }: TextRun, row: number, { more = "", attributes = "" } = {}): string {
  const { names, ground } = looksOf(style);
  const x = number(look.border + column * look.cellWidth);
  const y = look.border + row * look.cellHeight;
  const width = number(cells * look.cellWidth);
  const own = [names, ground === undefined ? more : ""].filter((name) => name !== "").join(" ");
  const stretched = /^[\u2500-\u259f\u2800-\u28ff]/.test(text) ? ' lengthAdjust="spacingAndGlyphs"' : "";
  const length = cells === 1 ? "" : ` textLength="${width}"${stretched}`;
  const drawn = `<text${own === "" ? "" : ` class="${own}"`}${ground === undefined ? attributes : ""} x="${x}" y="${number(y + look.cellHeight * 0.77)}"${length}>${escape(text)}</text>`;
  if (ground === undefined) return drawn;
  const behind = `<rect x="${x}" y="${number(y)}" width="${width}" height="${number(look.cellHeight)}" fill="${ground}"/>`;
  return `<g${more === "" ? "" : ` class="${more}"`}${attributes}>${behind}${drawn}</g>`;
}

/** The texts of a picture that are seen, row by row. */
export function drawRows({ rows, width }: PaintedPicture): string {
  return rows.flatMap((row, index) => textRuns(row, width).map((run) => `${drawRun(run, index)}\n`)).join("");
}

/** A terminal of this size with something on it. @param title what a person sees there @param rules besides those of all texts */
export function drawTerminal({ columns, rows, title, rules = "" }: { columns: number; rows: number; title: string; rules?: string }, content: string): string {
  const width = number(columns * look.cellWidth + 2 * look.border);
  const height = number(rows * look.cellHeight + 2 * look.border);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" xml:space="preserve">`,
    `<title>${escape(title)}</title>`,
    `<style>${styleRules}${rules}</style>`,
    `<rect width="100%" height="100%" rx="8" fill="${look.back}"/>`,
    `${content}</svg>\n`,
  ].join("\n");
}
