/** Sizes of a terminal in cells. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** How wide a screen may draw. What fits into its height is decided where it is drawn: see {@link share}. */
export type Layout = "tiny" | "small" | "narrow" | "normal" | "large";

/** Smallest width of each layout, largest first. */
const layouts: readonly (readonly [Layout, number])[] = [
  ["large", 120],
  ["normal", 68],
  ["narrow", 56],
  ["small", 40],
];

/** The smallest terminal in which screens are drawn. */
const least: TerminalSize = { columns: 40, rows: 12 };

export function layoutFor({ columns, rows }: TerminalSize): Layout {
  if (rows < least.rows) return "tiny";
  return layouts.find(([, width]) => columns >= width)?.[0] ?? "tiny";
}

/** The text in a terminal that is too small for any layout. */
export function tooSmall({ columns, rows }: TerminalSize): string {
  return `terminal ${columns}×${rows} – need ${least.columns}×${least.rows}`;
}
