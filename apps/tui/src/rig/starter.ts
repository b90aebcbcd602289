import { hasManager } from "@vj/rig";
import type { RigState } from "./rig-state.ts";

/** What starts workers or the process manager, as the beginning of a sentence: the key where it can, else the command. */
export function starterOf(rig: RigState): string {
  return hasManager(rig) || rig.canStartManager ? "w starts" : "`vj up` starts";
}
