import { setTimeout as delay } from "node:timers/promises";
import { explainTargetFaults, limits, managerName, targetsInputSchema, writtenTargetsSchema } from "@vj/schema";
import type { Reply, TargetInput } from "@vj/schema";
import { readTargets, writeTargets } from "@vj/process-manager/targets";
import { RigError, accepted } from "@vj/rig/manager";
import { readEnvironment } from "@vj/worker";
import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { connectIfRunning } from "../connect-worker.ts";

/** Attempts, each after a change by somebody else in between, before this change gives up. */
const mostTries = 200;
const retryMs = 50;

/** The targets as they are written down, and where. */
export interface TargetList {
  readonly targets: readonly TargetInput[];
  readonly from: "environment" | "file" | "last_good" | "default";
  readonly file: string;
  /** Different for each content of the file. */
  readonly revision: string | undefined;
}

/** The targets of the rig that runs, else those of this shell. @throws RigError when they cannot be read. */
export async function readTargetList(): Promise<TargetList> {
  const { list, fault } = await readTargetsInForce();
  if (fault !== undefined) throw new RigError("refused", fault);
  return list;
}

/**
 * The targets in force. While the file is broken these are the last good ones.
 * @returns them, and the fault of the file @throws RigError when they cannot be read
 */
export async function readTargetsInForce(): Promise<{ list: TargetList; fault: string | undefined }> {
  const reply = await askManager("get_targets", {}, () => Promise.resolve(readTargets(readEnvironment())));
  const read = writtenTargetsSchema.safeParse(reply.data);
  const { targets, from, file, revision } = read.success ? read.data : writtenTargetsSchema.parse(accepted(reply).data);
  return { list: { targets, from, file, revision }, fault: reply.success ? undefined : (reply.message ?? "its file is broken") };
}

/**
 * Changes the targets, checked before anything is written. When somebody else changes them at the same time, both changes count.
 * @param hint the next step when the changed list does not fit
 * @returns what was done, in words, and the new list @throws CliError naming the field that does not fit.
 */
export async function changeTargetList(change: (targets: readonly TargetInput[]) => readonly unknown[], hint = "see the keys of a target with: vj target add --help"): Promise<{ message: string; targets: readonly TargetInput[] }> {
  const places = readEnvironment();
  for (let left = mostTries; ; left -= 1) {
    const { targets, revision } = await readTargetList();
    const changed = { targets: change(targets) };
    const checked = targetsInputSchema.safeParse(changed);
    if (!checked.success) throw new CliError(explainTargetFaults(checked.error, changed), { hint });
    const args = { targets: checked.data.targets, ...(revision === undefined ? {} : { revision }) };
    const reply = await askManager("set_targets", args, () => writeTargets(places, checked.data.targets, revision));
    if (left > 0 && !reply.success && refusalCode(reply) === "busy") {
      // A random pause, so that the writers do not meet again.
      await delay(Math.random() * retryMs);
      continue;
    }
    return { message: accepted(reply).message ?? "saved", targets: checked.data.targets };
  }
}

function refusalCode({ data }: Reply): unknown {
  return z.object({ code: z.string() }).safeParse(data).data?.code;
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

/** The reply of the manager; when none runs, the result of doing the same here. */
async function askManager(cmd: string, args: Record<string, unknown>, here: () => Promise<Reply>): Promise<Reply> {
  const client = await connectIfRunning(managerName);
  if (client === undefined) return here();
  // A manager of a busy machine waits for its disk.
  return client.request(cmd, args, { timeoutMs: limits.slowReplyMs }).finally(() => client.close());
}
