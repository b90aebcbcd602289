import { graphemesOf } from "../text/foreign-width.ts";
import type { Grapheme } from "../text/foreign-width.ts";
import { isHarmless } from "../text/span.ts";

/** One cell of a terminal. A glyph two cells wide is in the first one; the second has no text. */
export interface Cell {
  readonly text: string;
  /** SGR parameters, `1;32`; empty: the terminal's own style. */
  readonly style: string;
}

/** The cells of one row. */
export interface CellRow {
  /** The row from which they were read. */
  readonly source: string;
  readonly cells: readonly Cell[];
  /**
   * It has characters whose width terminals disagree on (everything but ASCII and our own signs): after each of them the cursor must be
   * placed anew, and where they stand is not certain.
   */
  readonly doubtful: boolean;
}

const blank: Cell = { text: " ", style: "" };
const second = (style: string): Cell => ({ text: "", style });
const sgr = /\u001b\[([\d;]*)m/g;

/** Reads a painted row: texts between SGR sequences, each of which begins from the terminal's own style. @param width cells of the result */
export function readCells(source: string, width: number): CellRow {
  const cells: Cell[] = [];
  let doubtful = false;
  let style = "";
  let at = 0;
  const take = (text: string): void => {
    if (isHarmless(text)) {
      for (const character of text) cells.push({ text: character, style });
      return;
    }
    doubtful = true;
    for (const grapheme of graphemesOf(text)) takeGrapheme(grapheme);
  };
  const takeGrapheme = ({ text, width: cellsOfIt }: Grapheme): void => {
    const before = cells.at(-1);
    // A mark that was cut off from its character by a change of style.
    if (cellsOfIt === 0 && before !== undefined) cells[cells.length - 1] = { ...before, text: before.text + text };
    if (cellsOfIt > 0) cells.push({ text, style });
    if (cellsOfIt > 1) cells.push(second(style));
  };
  for (const match of source.matchAll(sgr)) {
    take(source.slice(at, match.index));
    style = match[1] === "0" ? "" : (match[1] ?? "");
    at = match.index + match[0].length;
  }
  take(source.slice(at));
  while (cells.length < width) cells.push(blank);
  return { source, cells: fitCells(cells, width), doubtful };
}

/** A wide glyph that would stand half outside is left out. */
function fitCells(cells: readonly Cell[], width: number): readonly Cell[] {
  if (cells.length === width) return cells;
  const cut = cells.slice(0, width);
  return cells[width]?.text === "" ? [...cut.slice(0, -1), blank] : cut;
}

/** Whether a cell shows nothing. */
export function isBlank({ text, style }: Cell): boolean {
  return text === " " && style === "";
}
