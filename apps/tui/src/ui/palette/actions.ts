import type { KeyGroup, Look } from "../keys.ts";
import type { MountedScreen } from "../screen.ts";
import type { Action } from "./action.ts";
import { keyActions, screenActions } from "./key-actions.ts";
import { rigActions } from "./rig-actions.ts";
import { workerActions } from "./worker-actions.ts";

/** Everything that can be done now, each under a name of its own. @param here the keys of the shown screen and of every screen */
export function allActions(screens: readonly MountedScreen[], here: readonly KeyGroup[], { rig }: Look): readonly Action[] {
  const all = [...screenActions(screens), ...keyActions(here), ...rigActions(rig), ...workerActions(rig)];
  const byName = new Map<string, Action>();
  for (const action of all) if (!byName.has(action.name)) byName.set(action.name, action);
  return [...byName.values()];
}
