import type { KeyBinding, KeyContext, Look } from "./keys.ts";
import type { UiState } from "./ui-state.ts";

/** The chosen row of the shown screen: its place among `ids`; 0 when it is not there any more, -1 when there are none. */
export function markedAt({ marks, screen }: Pick<UiState, "marks" | "screen">, ids: readonly string[]): number {
  const at = ids.indexOf(marks[screen] ?? "");
  return at < 0 && ids.length > 0 ? 0 : at;
}

/** Id of the chosen row; undefined when there are none. */
export function markedId(ui: Pick<UiState, "marks" | "screen">, ids: readonly string[]): string | undefined {
  return ids[markedAt(ui, ids)];
}

/** Another row is chosen. @param by rows further down; it stops at the ends */
export function moveMark(ui: UiState, ids: readonly string[], by: number): UiState {
  const id = ids[Math.max(0, Math.min(ids.length - 1, markedAt(ui, ids) + by))];
  return id === undefined ? ui : { ...ui, marks: { ...ui.marks, [ui.screen]: id } };
}

/**
 * Keys that choose a row of a list. The screen draws that row with `selected`, and gives its place as `at` of the drawing, which keeps it in
 * sight.
 * @param ids of the shown rows, in their order
 */
export function listKeys(ids: (look: Look) => readonly string[]): readonly KeyBinding[] {
  const by = (rows: (context: KeyContext) => number) => (context: KeyContext) => context.setUi(moveMark(context.ui, ids(context), rows(context)));
  return [
    { keys: ["up", "k"], label: "row above", moves: true, run: by(() => -1) },
    { keys: ["down", "j"], label: "row below", moves: true, run: by(() => 1) },
    { keys: ["pageup"], label: "page up", moves: true, run: by(({ page }) => -page) },
    { keys: ["pagedown"], label: "page down", moves: true, run: by(({ page }) => page) },
    { keys: ["g", "home"], label: "first row", moves: true, run: by(() => -Infinity) },
    { keys: ["G", "end"], label: "last row", moves: true, run: by(() => Infinity) },
  ];
}
