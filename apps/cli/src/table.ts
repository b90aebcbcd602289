import { sanitizeText } from "@vj/schema";
import { lineWidth, wrapLine } from "@vj/terminal";

/** Cells that the last column must have to stand beside the others. */
const leastLast = 24;

/**
 * Lines of a plain table: columns as wide as their widest cell, two spaces apart, no trailing spaces.
 * @param columns cells of the terminal: the last column is broken between words to fit, and goes below where little is left of
 * a row; without it each row is one line
 */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[], columns = Infinity): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => lineWidth(row[column] ?? ""))));
  const lastAt = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const lines = (row: readonly string[]): string[] => {
    const line = row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - lineWidth(cell))).join("  ").trimEnd();
    const last = (row.at(-1) ?? "").trimEnd();
    if (last === "" || lineWidth(line) <= columns) return [line];
    const before = line.slice(0, line.length - last.length);
    if (columns - lastAt < Math.min(leastLast, widths.at(-1) ?? 0)) return [before.trimEnd(), ...wrapLine(`  ${last}`, { columns, indent: 2 })];
    const [first = "", ...rest] = wrapLine(last, { columns: columns - lastAt, indent: 0 });
    return [before + first, ...rest.map((part) => " ".repeat(lastAt) + part)];
  };
  return all.flatMap(lines);
}

/** Foreign text as a cell: safe, on one line, cut where it would make the table wrap. @param longest characters */
export function cellOf(text: string, longest = 40): string {
  return sanitizeText(text, longest);
}
