import { sanitizeText } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { commandListKeys } from "./command-list.ts";
import { filterInputKeys, filterOf, withFilter } from "./filter.ts";
import { fieldAt } from "./form/form.ts";
import type { Form } from "./form/form.ts";
import { formKeys } from "./form/keys.ts";
import { pasteIntoForm, takesText, typeIntoForm } from "./form/press.ts";
import { scrolling } from "./global-keys.ts";
import type { KeyContext, KeyGroup, Look } from "./keys.ts";
import type { Action } from "./palette/action.ts";
import { paletteKeys, typeIntoPalette } from "./palette/palette.ts";
import type { Overlay, UiState } from "./ui-state.ts";

const closeOverlay = ({ ui, setUi }: KeyContext): void => setUi({ ...ui, overlay: undefined, scroll: 0 });

const closeQuestion = ({ ui, setUi }: KeyContext): void => setUi({ ...ui, overlay: ui.overlay?.kind === "confirm" ? ui.overlay.under : undefined });

/** Keys over a text to read. @param key the one that opened it closes it, too */
function readingKeys(title: string, key: string): KeyGroup {
  return {
    title,
    bindings: [
      { keys: ["escape", key, "return"], label: "close", footer: 10, run: closeOverlay },
      { keys: ["q", "ctrl+c"], label: "quit", footer: 20, run: ({ quit }) => quit() },
      ...scrolling().map((binding) => (binding.keys.includes("down") ? { ...binding, footer: 15, scrolls: true as const } : binding)),
    ],
  };
}

/** Keys that are active while something lies over the screen; all others are not. */
export function overlayKeys(overlay: Overlay, rig: RigState, actions: (look: Look) => readonly Action[]): KeyGroup {
  switch (overlay.kind) {
    case "help":
      return readingKeys("Help", "?");
    case "troubles":
      return readingKeys("What is wrong", "!");
    case "confirm":
      return {
        title: overlay.question,
        bindings: [
          {
            keys: ["y"],
            label: "yes",
            footer: 10,
            run: (context) => {
              closeQuestion(context);
              overlay.yes();
            },
          },
          { keys: ["n", "escape"], label: "no (so does any other key)", footer: 20, run: closeQuestion },
          { keys: ["ctrl+c"], label: "quit", run: ({ quit }) => quit() },
        ],
      };
    case "form":
      return formKeys(overlay.form, fieldAt(overlay.form, rig));
    case "commands":
      return commandListKeys(overlay);
    case "palette":
      return paletteKeys(overlay, actions);
    case "filter":
      return { title: overlay.label, bindings: filterInputKeys };
    case "prompt":
      return {
        title: overlay.label,
        bindings: [
          {
            keys: ["return"],
            label: "apply",
            footer: 10,
            run: (context) => {
              closeOverlay(context);
              overlay.done(overlay.value);
            },
          },
          { keys: ["escape"], label: "cancel", footer: 20, run: closeOverlay },
          {
            keys: ["backspace"],
            label: "delete",
            run: ({ ui, setUi }) =>
              setUi({ ...ui, overlay: { ...overlay, value: Array.from(overlay.value).slice(0, -1).join("") } }),
          },
          { keys: ["ctrl+c"], label: "quit", run: ({ quit }) => quit() },
        ],
      };
  }
}

const longestInput = 200;

/** Whether what is typed goes into a text. */
export function isTyping(overlay: Overlay | undefined, rig: RigState): boolean {
  return overlay?.kind === "prompt" || overlay?.kind === "filter" || overlay?.kind === "palette" || (overlay?.kind === "form" && takesText(overlay.form, rig));
}

/** A key goes into what is typed: a prompt, the filter, the field of a form. @returns what changed; undefined for a key that does not */
export function typeInto(ui: UiState, key: string, rig: RigState): UiState | undefined {
  if (ui.overlay?.kind === "form") return withForm(ui, typeIntoForm(ui.overlay.form, key, rig));
  return Array.from(key).length === 1 ? pasteInto(ui, key, rig) : undefined;
}

/** A pasted text goes into what is typed, on one line and cut. @returns what changed; undefined where nothing takes it */
export function pasteInto(ui: UiState, text: string, rig: RigState): UiState | undefined {
  const { overlay } = ui;
  switch (overlay?.kind) {
    case "form":
      return withForm(ui, pasteIntoForm(overlay.form, text, rig));
    case "palette":
      return { ...ui, scroll: 0, overlay: typeIntoPalette(overlay, text) };
    case "filter":
      return withFilter(ui, filterOf(ui) + text);
    case "prompt": {
      const value = Array.from(overlay.value + sanitizeText(text, longestInput)).slice(0, longestInput).join("");
      return { ...ui, overlay: { ...overlay, value } };
    }
    default:
      return undefined;
  }
}

function withForm(ui: UiState, form: Form | undefined): UiState | undefined {
  return form === undefined ? undefined : { ...ui, overlay: { kind: "form", form } };
}
