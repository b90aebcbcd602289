import { worstCondition } from "@vj/worker";
import type { ReportedCondition } from "@vj/worker";

/** The worst of several conditions, with the texts of all other faults; without a fault, all texts together. Undefined without any condition. */
export function combined(...conditions: readonly (ReportedCondition | undefined)[]): ReportedCondition | undefined {
  const worst = worstCondition(...conditions);
  if (worst === undefined) return undefined;
  const isFine = worst.level === "ok";
  const others = conditions.filter((one) => one !== undefined && one !== worst && (one.level === "ok") === isFine);
  return { ...worst, text: [worst, ...others].map((one) => one?.text).join(isFine ? "; " : "; also: ") };
}

/** The text of a condition that is a fault. */
export function faultOf(condition: ReportedCondition | undefined): string | undefined {
  return condition === undefined || condition.level === "ok" ? undefined : condition.text;
}
