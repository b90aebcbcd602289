import { lineWidth } from "./width.ts";

/** How a line is broken. */
export interface WrapOptions {
  /** Cells of a row. */
  readonly columns: number;
  /** Cells before every row but the first; default: those before the text, and two more. */
  readonly indent?: number;
}

/**
 * A line as rows of a terminal, broken between words. A word longer than a row stays whole, because it may be a path or an
 * address to copy: the terminal breaks it. Spaces inside a row are kept.
 */
export function wrapLine(line: string, { columns, indent = leading(line) + 2 }: WrapOptions): string[] {
  if (lineWidth(line) <= columns) return [line];
  const margin = " ".repeat(indent < columns / 2 ? indent : 0);
  const rows: string[] = [];
  let current: string | undefined;
  for (const [, space = "", word = ""] of line.trimEnd().matchAll(/( *)([^ ]+)/g)) {
    const longer = current === undefined ? space + word : current + space + word;
    if (current === undefined || current.trim() === "" || lineWidth(longer) <= columns) {
      current = longer;
      continue;
    }
    rows.push(current);
    current = margin + word;
  }
  return current === undefined ? [line] : [...rows, current];
}

const leading = (line: string): number => line.length - line.trimStart().length;
