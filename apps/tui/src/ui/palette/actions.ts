import type { RigState } from "../../rig/rig-state.ts";
import type { KeyGroup } from "../keys.ts";
import type { MountedScreen } from "../screen.ts";
import type { Action } from "./action.ts";
import { keyActions, screenActions } from "./key-actions.ts";
import { rigActions } from "./rig-actions.ts";
import { themeActions } from "./theme-actions.ts";
import { workerActions } from "./worker-actions.ts";

/** Where everything that can be done comes from. */
export interface Doable {
  readonly screens: readonly MountedScreen[];
  /** The keys of the shown screen and of every screen. */
  readonly here: readonly KeyGroup[];
  /** Names of the looks. */
  readonly themes: readonly string[];
  readonly rig: RigState;
}

/** Everything that can be done now, each under a name of its own. */
export function allActions({ screens, here, themes, rig }: Doable): readonly Action[] {
  const all = [...screenActions(screens), ...keyActions(here), ...rigActions(rig), ...workerActions(rig), ...themeActions(themes)];
  const byName = new Map<string, Action>();
  for (const action of all) if (!byName.has(action.name)) byName.set(action.name, action);
  return [...byName.values()];
}
