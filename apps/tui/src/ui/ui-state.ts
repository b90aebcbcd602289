import { workerNames } from "@vj/rig";
import type { RigState } from "../rig/rig-state.ts";
import type { Form } from "./form/form.ts";

/** What lies over the screen and takes all keys. */
export type Overlay =
  | { readonly kind: "help" }
  /** Only `y` says yes; any other key, a pasted text, or no answer until `until` (epoch milliseconds) says no. */
  | { readonly kind: "confirm"; readonly question: string; readonly until: number; readonly yes: () => void }
  | { readonly kind: "prompt"; readonly label: string; readonly value: string; readonly done: (value: string) => void }
  /** The commands of a worker, one of which is chosen. */
  | { readonly kind: "commands"; readonly worker: string; readonly at: number }
  /** The settings of a worker, or the arguments of a command. */
  | { readonly kind: "form"; readonly form: Form };

/** What the person in front of the screen looks at. Nothing of it is known to the rig. */
export interface UiState {
  /** Id of the screen. */
  readonly screen: string;
  /** The worker that keys act on; undefined: the first. */
  readonly worker: string | undefined;
  /** Rows that the view is scrolled down. */
  readonly scroll: number;
  readonly paused: boolean;
  readonly overlay: Overlay | undefined;
}

export const firstUi: UiState = {
  screen: "overview",
  worker: undefined,
  scroll: 0,
  paused: false,
  overlay: undefined,
};

/** The worker that keys act on; undefined when there is none. */
export function selectedWorker(ui: UiState, rig: RigState): string | undefined {
  const names = workerNames(rig);
  return ui.worker !== undefined && names.includes(ui.worker) ? ui.worker : names[0];
}

/** The worker `by` rows further down, stopping at the ends. */
export function moveSelection(ui: UiState, rig: RigState, by: number): UiState {
  const names = workerNames(rig);
  const index = names.indexOf(selectedWorker(ui, rig) ?? "");
  return { ...ui, worker: names[Math.min(names.length - 1, Math.max(0, index + by))] };
}

/** Another screen, from its top. */
export function showScreen(ui: UiState, screen: string): UiState {
  return { ...ui, screen, scroll: 0, overlay: undefined };
}
