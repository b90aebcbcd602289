import { hasManager } from "@vj/rig";
import type { RigState } from "./rig-state.ts";

/** What starts workers or the process manager, as the beginning of a sentence: the key where it can, else the command. */
export function starterOf(rig: RigState): string {
  return hasManager(rig) || rig.canStartManager ? "w starts" : "`vj up` starts";
}

/** What starts one worker, which has a key of its own: without a process manager that key can start nothing. */
export function starterBy(key: string, rig: RigState): string {
  return hasManager(rig) ? `${key} starts` : starterOf(rig);
}
