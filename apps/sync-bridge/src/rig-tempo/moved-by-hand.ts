import { tempoBy } from "@vj/schema";
import { beatAt, wayIn } from "../tempo.ts";
import type { RigTempo } from "../tempo.ts";

/** A smaller move of beats was not intended by a person, in beats. */
const leastMove = 0.05;

/** Whether a person who had corrected the beats before has moved them, or the bar, once more. @param now the line after a packet at `atUs` */
export function isMovedByHand(before: RigTempo | undefined, now: RigTempo | undefined, atUs: number): boolean {
  if (before?.by !== tempoBy.tap || now?.by !== tempoBy.tap || before === now) return false;
  return Math.abs(wayIn(now.metre, beatAt(before, atUs), beatAt(now, atUs))) > leastMove;
}
