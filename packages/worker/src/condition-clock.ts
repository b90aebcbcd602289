import { messageOf, shorten } from "@vj/schema";
import type { Condition } from "@vj/schema";

/** A condition as a worker reports it; the condition clock adds the time of its beginning. */
export type ReportedCondition = Omit<Condition, "since">;

/**
 * The worst of several conditions, with the time at which it began. A condition keeps that time while another one is worse.
 * @param reports each gives its current condition; undefined while there is none. An exception counts as a condition, too
 */
export function createConditionClock(reports: readonly (() => ReportedCondition | undefined)[]): () => Condition | undefined {
  let begun = new Map<string, number>();
  return () => {
    const now = Date.now() / 1000;
    const all = reports.map(reportedBy).filter((one) => one !== undefined);
    begun = new Map(all.map((one) => [keyOf(one), begun.get(keyOf(one)) ?? now]));
    const worst = worstCondition(...all);
    return worst && { ...worst, since: begun.get(keyOf(worst)) ?? now };
  };
}

/** Advice may change while a condition lasts. */
function keyOf({ level, text }: ReportedCondition): string {
  return `${level} ${text}`;
}

/** A report that throws, or is invalid, counts as a failed condition: get_state and heartbeat go on. */
function reportedBy(report: () => ReportedCondition | undefined): ReportedCondition | undefined {
  try {
    const reported: Partial<ReportedCondition> | undefined = report();
    if (reported === undefined) return undefined;
    const { level, text = "" } = reported;
    if (level === undefined || !Object.hasOwn(badness, level)) throw new Error(`its level is ${String(level)}; it can be ok, degraded or failed`);
    if (typeof text !== "string") throw new Error("its text is not a text");
    return { ...reported, level, text: shorten(text) };
  } catch (error) {
    return { level: "failed", text: shorten(`getCondition failed: ${messageOf(error)}`) };
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
