import { conditionSchema } from "@vj/schema";
import type { ManagerState } from "@vj/schema";

/** Problems of the process manager itself, for a person: worker packages that it cannot use, and its own condition. */
export function managerProblems(state: ManagerState): string[] {
  const { problems } = state;
  const own = managerCondition(state);
  return [...(Array.isArray(problems) ? problems.filter((problem) => typeof problem === "string") : []), ...(own === undefined ? [] : [own])];
}

/** What the process manager cannot do now, and the next step; undefined when it does its job. */
export function managerCondition(state: ManagerState): string | undefined {
  const { data: condition } = conditionSchema.safeParse(state["condition"]);
  if (condition === undefined || condition.level === "ok") return undefined;
  return [condition.text, condition.todo].filter(Boolean).join("; ");
}
