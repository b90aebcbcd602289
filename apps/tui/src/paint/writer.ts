import { isBlank } from "./cells.ts";
import type { Cell, CellRow } from "./cells.ts";
import { isHarmless } from "../text/span.ts";
import type { Run } from "./runs.ts";

/** Blanks at the end of a row from which on they are erased instead of written. */
const fewBlanks = 4;
const eraseToEnd = "\u001b[K";

/** Collects the bytes of one picture: text, styles, and moves of the cursor. It begins and ends in the terminal's own style. */
export interface Writer {
  /** Writes cells of a row. @param row from 0 */
  write(row: number, cells: CellRow, run: Run): void;
  /** Erases a row. */
  erase(row: number): void;
  /** All bytes, with the style put back. */
  end(): string;
}

export function createWriter(): Writer {
  let bytes = "";
  let style = "";
  /** Where the cursor is; undefined: not known. */
  let at: { readonly row: number; readonly column: number } | undefined;

  const setStyle = (next: string): void => {
    if (next === style) return;
    bytes += next === "" ? "\u001b[m" : `\u001b[${style === "" ? "" : "0;"}${next}m`;
    style = next;
  };
  const moveTo = (row: number, column: number): void => {
    if (at?.row === row && at.column === column) return;
    const forward = at?.row === row && at.column < column ? column - at.column : 0;
    bytes += forward > 0 ? `\u001b[${forward === 1 ? "" : forward}C` : `\u001b[${row + 1};${column + 1}H`;
    at = { row, column };
  };
  const put = (row: number, column: number, { text, style: next }: Cell): void => {
    if (text === "") return;
    moveTo(row, column);
    setStyle(next);
    bytes += text;
    at = isHarmless(text) ? { row, column: column + 1 } : undefined;
  };

  return {
    write(row, { cells, doubtful }, { from, to }) {
      if (doubtful) {
        moveTo(row, from);
        setStyle("");
        bytes += eraseToEnd;
      }
      const end = to < cells.length ? to : blanksFrom(cells);
      const shown = cells.length - end < fewBlanks ? to : Math.max(from, end);
      for (let column = from; column < shown; column += 1) put(row, column, cells[column] ?? { text: " ", style: "" });
      // The cursor stays on the last cell when a row is full, until the next character: where it is differs among terminals.
      if (at?.column === cells.length) at = undefined;
      if (shown === to || doubtful) return;
      moveTo(row, shown);
      setStyle("");
      bytes += eraseToEnd;
    },
    erase(row) {
      moveTo(row, 0);
      setStyle("");
      bytes += eraseToEnd;
    },
    end() {
      setStyle("");
      return bytes;
    },
  };
}

/** Where the blanks at the end begin. */
function blanksFrom(cells: readonly Cell[]): number {
  const last = cells.findLastIndex((cell) => !isBlank(cell));
  return last + 1;
}
