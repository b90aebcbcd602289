import { fitLine, lineWidth } from "./fit.ts";
import { Span, dim, row } from "./span.ts";
import type { Line } from "./span.ts";

/** A frame with its contents. */
export interface Panel {
  /** Shown in the upper edge. */
  readonly title: Line;
  readonly width: number;
  /** Rows including the edges; left out: as many as the body needs. */
  readonly height?: number;
  readonly body: readonly Line[];
}

/** Rows inside a panel of this height. */
export const innerHeight = (height: number): number => Math.max(0, height - 2);
/** Cells inside a panel of this width. */
export const innerWidth = (width: number): number => Math.max(0, width - 4);

/** A frame around rows. */
export function panel({ title, width, height = 0, body }: Panel): Line[] {
  const inside = innerWidth(width);
  const wanted = height === 0 ? body.length : innerHeight(height);
  const shown = Array.from({ length: wanted }, (_, index) => body[index] ?? []);
  return [
    upperEdge(title, width),
    ...shown.map((line) => [dim("│ "), ...fitLine(line, inside), dim(" │")]),
    row(dim(`└${"─".repeat(Math.max(0, width - 2))}┘`)),
  ];
}

function upperEdge(title: Line, width: number): Line {
  const shown = fitTitle(title, width - 5);
  const rest = Math.max(0, width - 4 - lineWidth(shown));
  return [dim("┌ "), ...shown, dim(` ${"─".repeat(rest)}┐`)];
}

function fitTitle(title: Line, width: number): Line {
  return lineWidth(title) <= width ? title : fitLine(title, width);
}

/** A heading across the width, as a lighter frame: `── last output ─────`. */
export function rule(title: string, width: number): Line {
  return row(dim("── "), new Span(title), dim(` ${"─".repeat(Math.max(0, width - title.length - 4))}`));
}

/** Panels side by side; the shorter one is filled up. @param gap cells between them */
export function beside(left: readonly Line[], right: readonly Line[], leftWidth: number): Line[] {
  const height = Math.max(left.length, right.length);
  return Array.from({ length: height }, (_, index) => [...fitLine(left[index] ?? [], leftWidth), ...(right[index] ?? [])]);
}
