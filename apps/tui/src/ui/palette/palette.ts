import { sanitizeText } from "@vj/schema";
import type { KeyContext, KeyGroup } from "../keys.ts";
import type { Overlay, UiState } from "../ui-state.ts";
import type { Action } from "./action.ts";
import { findActions } from "./match.ts";
import type { Match } from "./match.ts";

/** Everything that can be done, one of which is chosen by typing. */
export type Palette = Extract<Overlay, { readonly kind: "palette" }>;

/** Characters that can be typed, and entries that are remembered. */
const longest = { text: 500, history: 50 } as const;

/** What it offers for what was typed; with nothing typed, what was done last comes first. */
export function offers({ text }: Palette, actions: readonly Action[], history: readonly string[]): readonly Offer[] {
  const found = findActions(actions, text).map((match) => ({ ...match, done: undefined }));
  if (text.trim() !== "") return found;
  const recent = history.flatMap((done): Offer[] => {
    const match = findActions(actions, done)[0];
    return match === undefined ? [] : [{ ...match, done }];
  });
  return [...recent, ...found];
}

/** One row of it. */
export interface Offer extends Match {
  /** The text by which it was done before; undefined for one that is offered as it is. */
  readonly done: string | undefined;
}

export function openPalette({ ui, setUi }: KeyContext): void {
  setUi({ ...ui, scroll: 0, overlay: { kind: "palette", text: "", at: 0 } });
}

/** What is typed or pasted goes in, on one line and cut. */
export function typeIntoPalette(palette: Palette, text: string): Palette {
  const clean = sanitizeText(text, longest.text);
  return { ...palette, at: 0, text: Array.from(palette.text + clean).slice(0, longest.text).join("") };
}

/** Keys of the palette; all others go into it. */
export function paletteKeys(palette: Palette, actionsOf: (context: KeyContext) => readonly Action[]): KeyGroup {
  const shown = (context: KeyContext): readonly Offer[] => offers(palette, actionsOf(context), context.ui.history);
  const change = (more: Partial<Palette>, { ui, setUi }: KeyContext): void => setUi({ ...ui, overlay: { ...palette, ...more } });
  const move = (by: (context: KeyContext) => number) => (context: KeyContext) => {
    const last = Math.max(0, shown(context).length - 1);
    change({ at: Math.max(0, Math.min(last, Math.min(palette.at, last) + by(context))) }, context);
  };
  return {
    title: "Palette",
    bindings: [
      { keys: ["return"], label: "do it", footer: 10, run: (context) => perform(palette, shown(context), context) },
      { keys: ["down", "ctrl+n"], label: "below", footer: 15, run: move(() => 1) },
      { keys: ["up", "ctrl+p"], label: "above", run: move(() => -1) },
      { keys: ["pagedown"], label: "page down", run: move(({ page }) => page) },
      { keys: ["pageup"], label: "page up", run: move(({ page }) => -page) },
      { keys: ["tab"], label: "complete", footer: 16, run: (context) => change({ text: completed(palette, shown(context)), at: 0 }, context) },
      { keys: ["backspace"], label: "delete", run: (context) => change({ text: Array.from(palette.text).slice(0, -1).join(""), at: 0 }, context) },
      { keys: ["ctrl+u"], label: "empty it", run: (context) => change({ text: "", at: 0 }, context) },
      { keys: ["escape"], label: "back", footer: 20, run: ({ ui, setUi }) => setUi({ ...ui, overlay: undefined, scroll: 0 }) },
      { keys: ["ctrl+c"], label: "quit", run: ({ quit }) => quit() },
    ],
  };
}

function completed({ text, at }: Palette, shown: readonly Offer[]): string {
  const offer = shown[Math.min(at, shown.length - 1)];
  return offer === undefined ? text : (offer.done ?? `${offer.action.name} ${offer.rest}`);
}

function perform(palette: Palette, shown: readonly Offer[], context: KeyContext): void {
  const offer = shown[Math.min(palette.at, shown.length - 1)];
  if (offer === undefined) return;
  const text = offer.done ?? (offer.rest === "" ? offer.action.name : `${offer.action.name} ${offer.rest}`);
  const ui: UiState = { ...context.ui, scroll: 0, overlay: undefined, history: [text, ...context.ui.history.filter((one) => one !== text)].slice(0, longest.history) };
  context.setUi(ui);
  offer.action.run({ ...context, ui }, offer.rest);
}
