import type { WorkerHealth } from "./health.ts";
import type { RigHealth } from "./rig-health.ts";

/**
 * Reason of a worker's health, since when, and time of the next try; empty when there is nothing to report.
 * @param now epoch seconds
 */
export function healthDetail({ level, text, since, nextTryAt }: WorkerHealth, now: number): string {
  const when = since === undefined || level === "ok" ? "" : `since ${timeOfDay(since)}`;
  const next = nextTryAt === undefined ? "" : `next try in ${Math.max(0, Math.ceil(nextTryAt - now))} s`;
  // The countdown comes first, so that a long reason does not push it out of view.
  return (next === "" ? [text, when] : [when, next, text]).filter((part) => part !== "").join("; ");
}

/** Changes only when there is news for a person, not while a countdown runs. */
export function healthKey({ level, word, text }: WorkerHealth): string {
  return word === level ? `${word}: ${text}` : word;
}

/** Remarks about a whole rig, a few words each; empty when all is well. `RigHealth` has the names of the workers. */
export function rigRemarks({ idle, troubled, busy, stoppedByYou }: RigHealth): string[] {
  return [
    ...(idle ? ["nothing is running"] : []),
    ...(troubled.length > 0 ? [`${troubled.length} in trouble`] : []),
    ...(busy.length > 0 ? [`${busy.length} on the way`] : []),
    ...(stoppedByYou.length > 0 ? [`${stoppedByYou.length} stopped by you`] : []),
  ];
}

/** Local time of day, `12:04:19`. @param at epoch seconds */
export function timeOfDay(at: number): string {
  const date = new Date(at * 1000);
  return Number.isNaN(date.getTime()) ? "--:--:--" : date.toTimeString().slice(0, 8);
}
