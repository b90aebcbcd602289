import type { RigState } from "../rig/rig-state.ts";
import { widthOf } from "../text/fit.ts";
import type { Click, Line } from "../text/span.ts";
import type { UiState } from "./ui-state.ts";
import { selectedWorker } from "./worker-selection.ts";

/** A row that can be chosen: a worker, or a row of a screen's list. */
export type RowClick = Extract<Click, { readonly kind: "worker" | "mark" }>;

/** What a click at a cell of a picture does; undefined: nothing. @param column from 0 @param row from 0 */
export function clickAt(lines: readonly Line[], column: number, row: number): Click | undefined {
  let from = 0;
  for (const { text, style } of lines[row] ?? []) {
    from += widthOf(text);
    if (column < from) return style.click;
  }
  return undefined;
}

/** Whether the row is the chosen one already. */
export function isChosen(click: RowClick, ui: UiState, rig: RigState): boolean {
  return click.kind === "worker" ? selectedWorker(ui, rig) === click.name : ui.marks[ui.screen] === click.id;
}

/** The row is the chosen one from now on. */
export function choose(click: RowClick, ui: UiState): UiState {
  return click.kind === "worker" ? { ...ui, worker: click.name } : { ...ui, marks: { ...ui.marks, [ui.screen]: click.id } };
}
