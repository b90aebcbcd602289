import { explainIssues, managerName, targetsInputSchema } from "@vj/schema";
import type { Reply, TargetInput } from "@vj/schema";
import { readTargets, writeTargets } from "@vj/process-manager/targets";
import { accepted } from "@vj/rig/manager";
import { readEnvironment } from "@vj/worker";
import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { connectIfRunning } from "../connect-worker.ts";

const listSchema = z.object({ targets: z.array(z.unknown()), from: z.enum(["environment", "file", "default"]), file: z.string() });

/** The targets as they are written down, and where. */
export interface TargetList {
  readonly targets: readonly TargetInput[];
  readonly from: "environment" | "file" | "default";
  readonly file: string;
}

/** The targets of the rig that runs, else those of this shell. @throws CliError when they cannot be read. */
export async function readTargetList(): Promise<TargetList> {
  const reply = await askManager("get_targets", {}, () => Promise.resolve(readTargets(readEnvironment())));
  const { targets, from, file } = listSchema.parse(accepted(reply).data);
  return { from, file, targets: targetsInputSchema.parse({ targets }).targets };
}

/**
 * Replaces the targets, checked before anything is written.
 * @returns what was done, in words. @throws CliError naming the field that does not fit.
 */
export async function saveTargetList(targets: readonly unknown[]): Promise<string> {
  const checked = targetsInputSchema.safeParse({ targets });
  if (!checked.success) throw new CliError(explainIssues(checked.error), { hint: "see the keys of a target with: vj target add --help" });
  const places = readEnvironment();
  const reply = await askManager("set_targets", { targets: checked.data.targets }, () => writeTargets(places, checked.data.targets));
  return accepted(reply).message ?? "saved";
}

/** The target of this name. @throws CliError that lists those there are. */
export function findTarget(targets: readonly TargetInput[], name: string): TargetInput {
  const found = targets.find((target) => target.name === name);
  if (found !== undefined) return found;
  const names = targets.map((target) => target.name);
  throw new CliError(`there is no target "${name}"`, {
    hint: names.length === 0 ? "add one with: vj target add resolume" : `there are: ${names.join(", ")}`,
  });
}

/** What the manager answers, or what is done here when none runs. */
async function askManager(cmd: string, args: Record<string, unknown>, here: () => Promise<Reply>): Promise<Reply> {
  const client = await connectIfRunning(managerName);
  if (client === undefined) return here();
  return client.request(cmd, args).finally(() => client.close());
}
