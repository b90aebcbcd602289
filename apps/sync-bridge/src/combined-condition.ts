import { worstCondition } from "@vj/worker";
import type { ReportedCondition } from "@vj/worker";

/** The worst of several conditions, which names all other problems, too. Undefined when there is none. */
export function combined(...conditions: readonly (ReportedCondition | undefined)[]): ReportedCondition | undefined {
  const worst = worstCondition(...conditions);
  const others = conditions.filter((one) => one !== undefined && one !== worst && one.level !== "ok");
  return worst && { ...worst, text: [worst, ...others].map((one) => one?.text).join("; also: ") };
}
