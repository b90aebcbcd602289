import { shorten } from "@vj/schema";
import type { Condition } from "@vj/schema";

/** A condition as a worker tells it: since when is known here. */
export type ToldCondition = Omit<Condition, "since">;

/**
 * Adds to a condition since when it is like this.
 * @param tell the condition of now; undefined when the worker tells none
 */
export function createConditionClock(tell: () => ToldCondition | undefined): () => Condition | undefined {
  let last = { level: "", text: "" };
  let since = 0;
  return () => {
    const told = tell();
    if (told === undefined) return undefined;
    const text = shorten(told.text);
    if (last.level !== told.level || last.text !== text) since = Date.now() / 1000;
    last = { level: told.level, text };
    return { ...told, text, since };
  };
}
