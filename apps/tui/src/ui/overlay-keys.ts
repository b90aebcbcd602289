import { sanitizeText } from "@vj/schema";
import { scrolling } from "./global-keys.ts";
import type { KeyContext, KeyGroup } from "./keys.ts";
import type { Overlay } from "./ui-state.ts";

const closeOverlay = ({ ui, setUi }: KeyContext): void => setUi({ ...ui, overlay: undefined, scroll: 0 });

/** Keys that are active while something lies over the screen; all others are not. */
export function overlayKeys(overlay: Overlay): KeyGroup {
  switch (overlay.kind) {
    case "help":
      return {
        title: "Help",
        bindings: [
          { keys: ["escape", "?", "return"], label: "close", footer: 10, run: closeOverlay },
          { keys: ["q", "ctrl+c"], label: "quit", footer: 20, run: ({ quit }) => quit() },
          ...scrolling().map((binding) => (binding.keys.includes("down") ? { ...binding, footer: 15 } : binding)),
        ],
      };
    case "confirm":
      return {
        title: overlay.question,
        bindings: [
          {
            keys: ["y"],
            label: "yes",
            footer: 10,
            run: (context) => {
              closeOverlay(context);
              overlay.yes();
            },
          },
          { keys: ["n", "escape"], label: "no (so does any other key)", footer: 20, run: closeOverlay },
          { keys: ["ctrl+c"], label: "quit", run: ({ quit }) => quit() },
        ],
      };
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

/** A typed character goes into an open prompt. @returns what changed; undefined when there is no prompt */
export function typeInto(overlay: Overlay | undefined, character: string): Overlay | undefined {
  return Array.from(character).length === 1 ? pasteInto(overlay, character) : undefined;
}

/** A pasted text goes into an open prompt, on one line and cut. @returns what changed; undefined when there is no prompt */
export function pasteInto(overlay: Overlay | undefined, text: string): Overlay | undefined {
  if (overlay?.kind !== "prompt") return undefined;
  return { ...overlay, value: Array.from(overlay.value + sanitizeText(text, longestInput)).slice(0, longestInput).join("") };
}
