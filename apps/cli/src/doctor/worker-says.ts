import type { WorkerState } from "@vj/schema";
import { z } from "zod";
import { fine, warning } from "./check.ts";
import type { Finding } from "./check.ts";

/** What a worker may say of its own work in `get_state`; any worker that uses these names is understood. */
const saysSchema = z.object({
  source: z.object({ name: z.string(), verdict: z.string(), hint: z.string().default("") }).nullish().catch(null),
  available: z.boolean().nullish().catch(null),
  reason: z.string().nullish().catch(null),
  problem: z.string().nullish().catch(null),
});

/** Whether a worker that answers can also do its work: sound that arrives, a service that is reached. */
export function workerSays(name: string, state: WorkerState): Finding[] {
  const { source, available, reason, problem } = saysSchema.parse(state);
  const { condition } = state;
  const findings: Finding[] = [];
  if (condition !== undefined && condition.level !== "ok") {
    findings.push(warning(name, `${condition.level}: ${condition.text || "without a reason"}`, condition.todo ?? `see: vj logs ${name}`));
  }
  if (source) {
    const heard = `${source.name || "no source"}: ${source.verdict.replaceAll("_", " ")}`;
    findings.push(source.verdict === "ok" ? fine(`${name} source`, heard) : warning(`${name} source`, heard, source.hint || `see: vj logs ${name}`));
  }
  if (available === false) findings.push(warning(name, "has nothing to work with", reason ?? `see: vj logs ${name}`));
  if (problem) findings.push(warning(name, problem, `see: vj logs ${name}`));
  return findings;
}
