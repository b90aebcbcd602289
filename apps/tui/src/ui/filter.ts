import { sanitizeText } from "@vj/schema";
import type { KeyBinding, KeyContext } from "./keys.ts";
import type { UiState } from "./ui-state.ts";

/** Characters of a filter. */
const longestFilter = 200;

/** What a row of the shown screen must contain; empty: anything. */
export function filterOf({ filters, screen }: Pick<UiState, "filters" | "screen">): string {
  return filters[screen] ?? "";
}

/** Shows only rows that contain a text, from the top. */
export function withFilter(ui: UiState, text: string): UiState {
  const filter = Array.from(sanitizeText(text, longestFilter + 1)).slice(0, longestFilter).join("");
  return { ...ui, scroll: 0, filters: { ...ui.filters, [ui.screen]: filter } };
}

/** Keys of a screen whose rows can be filtered. @param label what the filter is for: `workers with` */
export function filterKeys(label: string): readonly KeyBinding[] {
  return [
    { keys: ["/"], label: "filter", footer: 45, run: ({ ui, setUi }) => setUi({ ...ui, scroll: 0, overlay: { kind: "filter", label } }) },
    {
      keys: ["escape"],
      label: "clear the filter, else back",
      run: ({ ui, setUi, back }) => {
        if (filterOf(ui) !== "" || !back()) setUi(withFilter(ui, ""));
      },
    },
  ];
}

/** Keys while the filter is typed; all others go into it. */
export const filterInputKeys: readonly KeyBinding[] = [
  { keys: ["return"], label: "keep", footer: 10, run: ({ ui, setUi }: KeyContext) => setUi({ ...ui, overlay: undefined }) },
  { keys: ["escape"], label: "show all", footer: 20, run: ({ ui, setUi }) => setUi({ ...withFilter(ui, ""), overlay: undefined }) },
  { keys: ["backspace"], label: "delete", run: ({ ui, setUi }) => setUi(withFilter(ui, Array.from(filterOf(ui)).slice(0, -1).join(""))) },
  { keys: ["ctrl+u"], label: "empty it", run: ({ ui, setUi }) => setUi(withFilter(ui, "")) },
  { keys: ["ctrl+c"], label: "quit", run: ({ quit }) => quit() },
];
