import { showKey } from "../keys.ts";
import type { KeyGroup } from "../keys.ts";
import type { MountedScreen } from "../screen.ts";
import type { Action } from "./action.ts";

/** Each screen, by its name. */
export function screenActions(screens: readonly MountedScreen[]): Action[] {
  return screens.map(({ id, key, title }) => ({ name: `screen ${title.toLowerCase()}`, about: `key ${key}`, run: ({ show }) => show(id) }));
}

/** What keys do here, by the words of the key table. */
export function keyActions(groups: readonly KeyGroup[]): Action[] {
  const bindings = groups.flatMap((group) => group.bindings).filter(({ moves, keys }) => moves !== true && !keys.includes(":") && !/^\d$/.test(keys[0] ?? ""));
  return bindings.map(({ keys, label, run }) => ({ name: label, about: `key ${keys.map(showKey).join(" ")}`, run }));
}
