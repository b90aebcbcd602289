import { messageOf, shorten } from "@vj/schema";
import type { Condition } from "@vj/schema";

/** A condition as a worker reports it; the condition clock adds the time of its beginning. */
export type ReportedCondition = Omit<Condition, "since">;

/**
 * Adds the time of its beginning to a condition.
 * @param report the current condition; undefined when the worker reports none. What it throws is a condition, too
 */
export function createConditionClock(report: () => ReportedCondition | undefined): () => Condition | undefined {
  let last = { level: "", text: "" };
  let since = 0;
  return () => {
    const reported = reportedBy(report);
    if (reported === undefined) return undefined;
    const text = shorten(reported.text);
    if (last.level !== reported.level || last.text !== text) since = Date.now() / 1000;
    last = { level: reported.level, text };
    return { ...reported, text, since };
  };
}

/** A report that cannot be had, or is not one, is a fault of its own: get_state and heartbeat go on. */
function reportedBy(report: () => ReportedCondition | undefined): ReportedCondition | undefined {
  try {
    const reported: Partial<ReportedCondition> | undefined = report();
    if (reported === undefined) return undefined;
    const { level, text = "" } = reported;
    if (level === undefined || !Object.hasOwn(badness, level)) throw new Error(`its level is ${String(level)}; it can be ok, degraded or failed`);
    if (typeof text !== "string") throw new Error("its text is not a text");
    return { ...reported, level, text };
  } catch (error) {
    return { level: "failed", text: `getCondition failed: ${messageOf(error)}` };
  }
}

const badness: Readonly<Record<ReportedCondition["level"], number>> = { ok: 0, degraded: 1, failed: 2 };

/** The worst of several conditions; the first of equally bad ones. Undefined when there is none. */
export function worstCondition(...conditions: readonly (ReportedCondition | undefined)[]): ReportedCondition | undefined {
  return conditions.reduce((worst, next) => {
    if (worst === undefined || next === undefined) return worst ?? next;
    return badness[next.level] > badness[worst.level] ? next : worst;
  }, undefined);
}
