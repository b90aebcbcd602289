import type { CellRow } from "./cells.ts";

/** Cells of a row that are to be written: from `from` up to, without, `to`. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** Between two runs so few equal cells are written again, because moving the cursor takes as many bytes. */
const smallestGap = 4;

/** The cells that differ. A row with characters of uncertain width is written as a whole as soon as anything differs. Pure. */
export function changedRuns(before: CellRow, after: CellRow): Run[] {
  const width = after.cells.length;
  if (before.source === after.source && before.cells.length === width) return [];
  const differs = (index: number): boolean => {
    const [old, next] = [before.cells[index], after.cells[index]];
    return old?.text !== next?.text || old?.style !== next?.style;
  };
  const runs: Run[] = [];
  for (let index = 0; index < width; index += 1) {
    if (!differs(index)) continue;
    const last = runs.at(-1);
    if (last !== undefined && index - last.to <= smallestGap) runs[runs.length - 1] = { from: last.from, to: index + 1 };
    else runs.push({ from: index, to: index + 1 });
  }
  return runs.length > 0 && (before.doubtful || after.doubtful) ? [{ from: 0, to: width }] : runs;
}
