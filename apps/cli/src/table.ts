import { sanitizeText } from "@vj/schema";

/** Lines of a plain table: columns as wide as their widest cell, two spaces apart, no trailing spaces. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ""))));
  return all.map((row) => row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell))).join("  ").trimEnd());
}

function width(cell: string): number {
  return Array.from(cell).length;
}

/** Foreign text as a cell: safe, on one line, cut where it would make the table wrap. @param longest characters */
export function cellOf(text: string, longest = 40): string {
  return sanitizeText(text, longest);
}
