import { conditionSchema } from "@vj/schema";
import type { ManagerState } from "@vj/schema";

/** Problems of the process manager itself, for a person: worker packages that it cannot use, and its own condition. */
export function managerProblems(state: ManagerState): string[] {
  const { problems } = state;
  const { data: condition } = conditionSchema.safeParse(state["condition"]);
  const own = condition === undefined || condition.level === "ok" ? [] : [[condition.text, condition.todo].filter(Boolean).join("; ")];
  return [...(Array.isArray(problems) ? problems.filter((problem) => typeof problem === "string") : []), ...own];
}
