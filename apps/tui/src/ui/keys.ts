import type { Commands } from "../rig/commands.ts";
import type { RigState } from "../rig/rig-state.ts";
import type { TelemetrySnapshot } from "../telemetry/snapshot.ts";
import type { UiState } from "./ui-state.ts";

/** What a person looks at, and what is known. */
export interface Look {
  readonly rig: RigState;
  readonly telemetry: TelemetrySnapshot;
  readonly ui: UiState;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What a key can act on. */
export interface KeyContext extends Look {
  /** Rows of the view, for a page up or down. */
  readonly page: number;
  /** How far the view can be scrolled. */
  readonly scrollEnd: number;
  readonly commands: Commands;
  /** When the key was pressed, microseconds of `process.hrtime`, which all processes of a machine share. */
  readonly pressedUs: number;
  setUi(ui: UiState): void;
  /** Tells the person something, in the last line. */
  say(text: string): void;
  /** Puts a text into the clipboard of the person's terminal, where that is allowed. */
  copy(text: string): void;
  /** Shows a screen from its top. @param worker whom the person wants to see there; left out: nobody in particular */
  show(screen: string, worker?: string): void;
  /** The same, and `back` leads to what is shown now. */
  open(screen: string, worker?: string): void;
  /** Shows again where the person came from, as it was. @returns whether there was such a place */
  back(): boolean;
  /** Leaves; the workers run on. */
  quit(): void;
  /** Draws everything anew. */
  redraw(): void;
  /** Gives the terminal back to the shell until `fg`. */
  suspend(): void;
}

/** One entry of the key table: what is bound is shown, from the same line. */
export interface KeyBinding {
  /** Names as {@link parseKeys} gives them: a character, or `up`, `return`, `ctrl+c`. */
  readonly keys: readonly string[];
  /** What it does, in one to four words. */
  readonly label: string;
  /** Place in the footer, lowest first; left out: only in the help. */
  readonly footer?: number;
  /** It is offered only where there is more than fits. */
  readonly scrolls?: true;
  /** It only moves about, so the palette leaves it out. */
  readonly moves?: true;
  run(context: KeyContext): void;
}

/** A part of the key table. */
export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}

const shownNames: Readonly<Record<string, string>> = {
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  return: "enter",
  escape: "esc",
  pageup: "pgup",
  pagedown: "pgdn",
  " ": "space",
  "ctrl+c": "ctrl-c",
  "ctrl+l": "ctrl-l",
  "ctrl+z": "ctrl-z",
};

/** A key as the help names it. */
export function showKey(key: string): string {
  return shownNames[key] ?? key;
}

/** The binding of a key; the first group that has it wins. */
export function findBinding(groups: readonly KeyGroup[], key: string): KeyBinding | undefined {
  for (const { bindings } of groups) {
    const found = bindings.find(({ keys }) => keys.includes(key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the footer shows, most wanted first. */
export function footerBindings(groups: readonly KeyGroup[]): KeyBinding[] {
  return groups
    .flatMap(({ bindings }) => bindings)
    .filter(({ footer }) => footer !== undefined)
    .sort((one, other) => (one.footer ?? 0) - (other.footer ?? 0));
}

/** Keys that are bound more than once in what is active together. */
export function doubleKeys(groups: readonly KeyGroup[]): string[] {
  const all = groups.flatMap(({ bindings }) => bindings.flatMap(({ keys }) => keys));
  return all.filter((key, index) => all.indexOf(key) !== index);
}
