import type { Action } from "./action.ts";

/** The looks that there are, by name; `--theme`, `VJ_THEME` or `tui.json` keeps one for the next time. */
export function themeActions(names: readonly string[]): Action[] {
  return names.map((name) => ({ name: `theme ${name}`, about: "this look, until you leave; --theme keeps it", run: ({ ui, setUi }) => setUi({ ...ui, theme: name }) }));
}
