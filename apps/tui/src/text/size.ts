/** Sizes of a terminal in cells. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The layouts for different sizes. */
export type Layout = "tiny" | "small" | "narrow" | "normal" | "large";

/** Smallest terminal of each layout, largest first. */
const layouts: readonly (readonly [Layout, number, number])[] = [
  ["large", 120, 36],
  ["normal", 80, 24],
  ["narrow", 60, 20],
  ["small", 40, 12],
];

export function layoutFor({ columns, rows }: TerminalSize): Layout {
  return layouts.find(([, width, height]) => columns >= width && rows >= height)?.[0] ?? "tiny";
}

/** The text in a terminal that is too small for any layout. */
export function tooSmall({ columns, rows }: TerminalSize): string {
  return `terminal ${columns}×${rows} – need 40×12`;
}
