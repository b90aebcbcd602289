import type { RigState } from "../../rig/rig-state.ts";
import type { Field } from "../field/field.ts";
import { isAsSent, outcomeOf } from "./form.ts";
import type { Form } from "./form.ts";

/** What is wrong with one field: found here, or named by the refusal of what it still holds. */
export function problemOf(form: Form, { key }: Field, rig: RigState): string | undefined {
  const found = form.problems.get(key);
  if (found !== undefined) return found;
  const outcome = outcomeOf(form, rig);
  if (outcome?.phase !== "refused" || form.drafts.get(key)?.text !== form.sent?.texts.get(key)) return undefined;
  const texts = outcome.issues.flatMap(({ path, message }) => {
    if (path === key) return [message];
    return path.startsWith(`${key}.`) ? [`${path.slice(key.length + 1)}: ${message}`] : [];
  });
  return texts.length === 0 ? undefined : texts.join("; ");
}

/** What a refusal says beyond the fields that are shown; undefined when there is nothing. */
export function generalProblem(form: Form, fields: readonly Field[], rig: RigState): string | undefined {
  const found = form.problems.get("");
  if (found !== undefined) return found;
  const outcome = outcomeOf(form, rig);
  if (outcome?.phase !== "refused" || !isAsSent(form)) return undefined;
  const others = outcome.issues.filter(({ path }) => !fields.some(({ key }) => path === key || path.startsWith(`${key}.`)));
  if (others.length > 0) return others.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join("; ");
  return outcome.issues.length > 0 ? undefined : outcome.message;
}
