import type { KeyBinding, KeyContext, Look } from "./keys.ts";
import type { UiState } from "./ui-state.ts";

/** Where the chosen row is while none was chosen: the first one, the last one in a list that grows there, like a log, or its place among the ids. */
export type Unmarked = "first" | "last" | ((ids: readonly string[]) => number);

type Marks = Pick<UiState, "marks" | "screen">;

/** The chosen row of the shown screen: its place among `ids`; that of {@link Unmarked} when it is not there, -1 when there are none. */
export function markedAt({ marks, screen }: Marks, ids: readonly string[], unmarked: Unmarked = "first"): number {
  const at = ids.indexOf(marks[screen] ?? "");
  const instead = typeof unmarked === "function" ? unmarked(ids) : unmarked === "last" ? ids.length - 1 : 0;
  return at >= 0 ? at : Math.min(instead, ids.length - 1);
}

/** Id of the chosen row; undefined when there are none. */
export function markedId(ui: Marks, ids: readonly string[], unmarked?: Unmarked): string | undefined {
  return ids[markedAt(ui, ids, unmarked)];
}

/** Another row is chosen; at the growing end of a list none is, so that the newest one is. @param by rows further down; it stops at the ends */
export function moveMark(ui: UiState, ids: readonly string[], by: number, unmarked: Unmarked = "first"): UiState {
  const to = Math.max(0, Math.min(ids.length - 1, markedAt(ui, ids, unmarked) + by));
  const id = ids[to];
  return id === undefined ? ui : withMark(ui, unmarked === "last" && to === ids.length - 1 ? "" : id);
}

/** @param id of the row that is chosen; empty: none */
export function withMark(ui: UiState, id: string): UiState {
  return { ...ui, marks: { ...ui.marks, [ui.screen]: id } };
}

/**
 * Keys that choose a row of a list. The screen draws that row with `selected`, and gives its place as `at` of the drawing, which keeps it in
 * sight.
 * @param ids of the shown rows, in their order
 */
export function listKeys(ids: (look: Look) => readonly string[], unmarked: Unmarked = "first"): readonly KeyBinding[] {
  const by = (rows: (context: KeyContext) => number) => (context: KeyContext) => context.setUi(moveMark(context.ui, ids(context), rows(context), unmarked));
  return [
    { keys: ["up", "k"], label: "row above", moves: true, run: by(() => -1) },
    { keys: ["down", "j"], label: "row below", moves: true, run: by(() => 1) },
    { keys: ["pageup"], label: "page up", moves: true, run: by(({ page }) => -page) },
    { keys: ["pagedown"], label: "page down", moves: true, run: by(({ page }) => page) },
    { keys: ["g", "home"], label: "first row", moves: true, run: by(() => -Infinity) },
    { keys: ["G", "end"], label: "last row", moves: true, run: by(() => Infinity) },
  ];
}
