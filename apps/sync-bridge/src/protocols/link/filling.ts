import { tempoBy } from "@vj/schema";
import type { RigTempo } from "../../tempo.ts";

/**
 * Whether the session's tempo fills in for the rig's: from when the rig has none, until it has one of its own again.
 * @param hasOwnTempo see `ProtocolContext`
 */
export function fillsIn(before: boolean, current: RigTempo | undefined, hasOwnTempo: boolean): boolean {
  if (current?.live !== true) return true;
  return before && current.by === tempoBy.link && !hasOwnTempo;
}
