import { workerNames } from "@vj/rig";
import type { RigState } from "../rig/rig-state.ts";
import { passesFilter } from "../text/filtered.ts";
import { filterOf } from "./filter.ts";
import type { UiState } from "./ui-state.ts";

/** The workers that the shown screen lists. */
function shownWorkers(ui: UiState, rig: RigState): string[] {
  return workerNames(rig).filter((name) => passesFilter(filterOf(ui), name));
}

/** The worker that keys act on, one of those that are shown; undefined when there is none. */
export function selectedWorker(ui: UiState, rig: RigState): string | undefined {
  const names = shownWorkers(ui, rig);
  return ui.worker !== undefined && names.includes(ui.worker) ? ui.worker : names[0];
}

/** The worker `by` rows further down, stopping at the ends. */
export function moveSelection(ui: UiState, rig: RigState, by: number): UiState {
  const names = shownWorkers(ui, rig);
  const index = names.indexOf(selectedWorker(ui, rig) ?? "");
  return { ...ui, worker: names[Math.min(names.length - 1, Math.max(0, index + by))] };
}
