import { readCells } from "../../apps/tui/src/paint/cells.ts";
import type { Cell } from "../../apps/tui/src/paint/cells.ts";

/** Cells beside each other that are drawn as one text. */
export interface TextRun {
  /** First cell. */
  readonly column: number;
  /** Cells that it takes. */
  readonly cells: number;
  readonly text: string;
  /** SGR parameters. */
  readonly style: string;
}

/** Signs that a font may not have: a font that stands in for it has another width, so they stand apart from letters. */
type Kind = "letters" | "lines" | "sign";

/** The texts of a painted row, without the blanks between them. Pure. */
export function textRuns(row: string, width: number): TextRun[] {
  const { cells } = readCells(row, width);
  const runs: TextRun[] = [];
  let begin = 0;
  for (let end = 1; end <= cells.length; end += 1) {
    const [before, after] = [cells[end - 1], cells[end]];
    if (before !== undefined && after !== undefined && belongTogether(before, after, cells[end + 1])) continue;
    runs.push(...runOf(cells.slice(begin, end), begin));
    begin = end;
  }
  return runs;
}

function belongTogether(before: Cell, after: Cell, afterThat: Cell | undefined): boolean {
  if (before.style !== after.style) return false;
  // The second half of a wide glyph.
  if (after.text === "") return true;
  if (before.text === "" || kindOf(before) === "sign" || kindOf(before) !== kindOf(after)) return false;
  if (isMarked(after)) return true;
  // Words apart by one blank are one text; a wider gap is none.
  return after.text === " " ? afterThat !== undefined && afterThat.text !== " " && kindOf(afterThat) === "letters" : true;
}

function kindOf({ text }: Cell): Kind {
  if (/^[\u0020-\u007e\u00a0-\u024f…–·]*$/.test(text)) return "letters";
  return /^[\u2500-\u257f\u2580-\u259f\u2800-\u28ff]$/.test(text) ? "lines" : "sign";
}

/** Whether a blank is seen, because its background is: reverse video, or a colour. */
function isMarked({ style }: Cell): boolean {
  return style.split(";").some((code) => code === "7" || /^(4|10)\d$/.test(code));
}

function runOf(cells: readonly Cell[], column: number): TextRun[] {
  const text = cells.map((cell) => cell.text).join("");
  const [first] = cells;
  if (first === undefined || (text.trim() === "" && !isMarked(first))) return [];
  if (isMarked(first)) return [{ column, cells: cells.length, text, style: first.style }];
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  return [{ column: column + start, cells: cells.length - (text.length - trimmed.length), text: trimmed, style: first.style }];
}
