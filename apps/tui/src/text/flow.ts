import { lineWidth } from "./fit.ts";
import { row } from "./span.ts";
import type { Line } from "./span.ts";

/** Pieces beside each other, as many on a row as fit, so that none is cut as long as it fits alone. Each row begins with a space. @param gap cells between two of them */
export function flow(pieces: readonly Line[], { width, gap = 2 }: { readonly width: number; readonly gap?: number }): Line[] {
  const lines: Line[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && lineWidth(last) + gap + lineWidth(piece) <= width) lines[lines.length - 1] = row(...last, " ".repeat(gap), ...piece);
    else lines.push(row(" ", ...piece));
  }
  return lines;
}
