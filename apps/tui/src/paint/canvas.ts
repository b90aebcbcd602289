import { readCells } from "./cells.ts";
import type { CellRow } from "./cells.ts";
import { changedRuns } from "./runs.ts";
import { createWriter } from "./writer.ts";

/** Rows as they were painted, each `width` cells wide. */
export interface PaintedRows {
  readonly rows: readonly string[];
  readonly width: number;
}

/** What stands on the terminal, cell by cell, and how to turn it into another picture. No I/O. */
export interface Canvas {
  /** The bytes that turn what stands there into this picture; empty when nothing differs. */
  paint(picture: PaintedRows): string;
  /** Another program may have written over all of it: the next picture is written whole, row by row in its place. */
  forget(): void;
  /** The same for one row, another one each time, so that a garbled screen heals by itself. */
  forgetNext(): void;
}

export function createCanvas(): Canvas {
  /** Undefined: not known. */
  let standing: (CellRow | undefined)[] = [];
  let width = 0;
  let turn = 0;

  return {
    paint(picture) {
      const resized = picture.width !== width || picture.rows.length > standing.length;
      if (resized) standing = standing.map(() => undefined);
      width = picture.width;
      const writer = createWriter();
      const before = standing;
      // First what is below: in a terminal of one row, this is the row that is written afterwards.
      for (let row = picture.rows.length; row < before.length + (resized ? 1 : 0); row += 1) writer.erase(row);
      standing = picture.rows.map((source, row) => {
        const old = before[row];
        if (old?.source === source) return old;
        const next = readCells(source, width);
        for (const run of old === undefined ? [{ from: 0, to: width }] : changedRuns(old, next)) writer.write(row, next, run);
        return next;
      });
      return writer.end();
    },
    forget() {
      // One row more than the picture has: the last one of the terminal, in which nothing of ours stands.
      standing = Array.from({ length: standing.length + 1 }, () => undefined);
    },
    forgetNext() {
      if (standing.length === 0) return;
      turn = (turn + 1) % standing.length;
      standing[turn] = undefined;
    },
  };
}
