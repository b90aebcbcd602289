import type { Form } from "./form/form.ts";

/** What lies over the screen and takes all keys. */
export type Overlay =
  | { readonly kind: "help" }
  /** All that is wrong, nothing of it cut. */
  | { readonly kind: "troubles" }
  /** Only `y` says yes; any other key, a pasted text, or no answer until `until` (epoch milliseconds) says no. `under` is shown again then. */
  | { readonly kind: "confirm"; readonly question: string; readonly until: number; readonly yes: () => void; readonly under: Overlay | undefined }
  | { readonly kind: "prompt"; readonly label: string; readonly value: string; readonly done: (value: string) => void }
  /** The filter of the screen is being typed; it works at once. */
  | { readonly kind: "filter"; readonly label: string }
  /** What is typed to find an action, and the place of the chosen one. */
  | { readonly kind: "palette"; readonly text: string; readonly at: number }
  /** The commands of a worker, one of which is chosen. */
  | { readonly kind: "commands"; readonly worker: string; readonly at: number }
  /** The settings of a worker, or the arguments of a command. */
  | { readonly kind: "form"; readonly form: Form };

/** Where a person came from to what is shown, to go back there. */
export interface CameFrom {
  readonly screen: string;
  /** Rows that it was scrolled. */
  readonly scroll: number;
  readonly cameFrom: CameFrom | undefined;
}

/** What the person in front of the screen looks at. Nothing of it is known to the rig. */
export interface UiState {
  /** Id of the screen. */
  readonly screen: string;
  /** Undefined: the screen was chosen by itself. */
  readonly cameFrom: CameFrom | undefined;
  /** The worker that keys act on; undefined: the first. */
  readonly worker: string | undefined;
  /** Rows that the view is scrolled down. */
  readonly scroll: number;
  readonly paused: boolean;
  /** Whether clicks and the wheel are taken; without, the terminal selects text with them as usual. */
  readonly mouse: boolean;
  /** What a row must contain to be shown, by id of the screen; left out or empty: everything is shown. */
  readonly filters: Readonly<Record<string, string>>;
  /** Id of the chosen row of a list, by id of the screen; left out: the first. */
  readonly marks: Readonly<Record<string, string>>;
  /** What was done by the palette, newest first, without repetitions. */
  readonly history: readonly string[];
  /** Name of the theme that was chosen here; undefined: the one it began with. */
  readonly theme: string | undefined;
  readonly overlay: Overlay | undefined;
}

export const firstUi: UiState = {
  screen: "overview",
  cameFrom: undefined,
  worker: undefined,
  scroll: 0,
  paused: false,
  mouse: false,
  filters: {},
  marks: {},
  history: [],
  theme: undefined,
  overlay: undefined,
};

/** Another screen, from its top. */
export function showScreen(ui: UiState, screen: string): UiState {
  return { ...ui, screen, cameFrom: undefined, scroll: 0, overlay: undefined };
}
