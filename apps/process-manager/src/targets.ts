import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { AlreadyRunningError, claimName } from "@vj/control";
import type { NameClaim } from "@vj/control";
import { counted, createSerial, defaultTargets, explainTargetFaults, messageOf, targetsInputSchema } from "@vj/schema";
import type { Reply, TargetInput } from "@vj/schema";
import { jsonFile, lastGood } from "@vj/files";
import { failed, loadConfig, ok, saveConfig } from "@vj/worker";
import type { WorkerEnvironment } from "@vj/worker";

type Places = Pick<WorkerEnvironment, "configDir" | "targets">;

/**
 * The receivers of telemetry as they are written down: of the environment, of `targets.json`, or the default. When the file is broken, the
 * refusal has those in force beside its code: the last good ones.
 */
export function readTargets({ configDir, targets }: Places): Reply {
  const file = path.join(configDir, "targets.json");
  if (targets !== undefined) return ok("set by VJ_OSC_TARGETS in the environment", { targets: targets.map(written), from: "environment", file });
  try {
    // Read before the content: after a change in between, the revision is too old (and is refused later), never the list.
    const revision = revisionOf(file);
    const content: unknown = jsonFile(file).read();
    if (content === undefined) return ok("no targets.json: the default is used", { targets: defaultTargets.map(written), from: "default", file, revision });
    const read = targetsInputSchema.safeParse(content);
    if (read.success) return ok(`read from ${file}`, { targets: read.data.targets, from: "file", file, revision });
    return broken(`${file} is not valid: ${explainTargetFaults(read.error, content)}; correct it or move it away`, file);
  } catch (error) {
    return broken(messageOf(error), file);
  }
}

function broken(message: string, file: string): Reply {
  const reply = failed(message, "failed");
  const earlier = targetsInputSchema.safeParse(lastGood(file).read()).data;
  const inForce = earlier === undefined ? { targets: defaultTargets.map(written), from: "default" } : { targets: earlier.targets, from: "last_good" };
  return { ...reply, data: { ...reply.data, ...inForce, file } };
}

/**
 * Replaces `targets.json`, which every worker follows. A copy of an invalid old file is kept beside it.
 * @param revision that of the list on which the change is based; refused as `busy` when the list has another one now
 */
export async function writeTargets({ configDir, targets: fixed }: Places, targets: readonly TargetInput[], revision?: string): Promise<Reply> {
  if (fixed !== undefined) {
    return failed("the targets are set by VJ_OSC_TARGETS in the environment; unset it to change them here", "refused", [
      { path: "targets", message: "are set by VJ_OSC_TARGETS in the environment" },
    ]);
  }
  return oneAtATime(() => writeAlone(configDir, targets, revision));
}

const oneAtATime = createSerial();

async function writeAlone(configDir: string, targets: readonly TargetInput[], revision: string | undefined): Promise<Reply> {
  const claim = await claimList(configDir);
  if (claim === undefined) return failed("somebody else is changing the targets; read them again", "busy");
  try {
    const file = path.join(configDir, "targets.json");
    if (revision !== undefined && revision !== revisionOf(file)) return failed("somebody else has changed the targets meanwhile; read them again", "busy");
    // Only to keep a copy of invalid content, which would be lost.
    const { problem } = loadConfig(file, targetsInputSchema);
    await saveConfig(file, { targets });
    lastGood(file).keep({ targets });
    return ok([`${counted(targets.length, "target")} saved`, ...(problem === undefined ? [] : [problem])].join("; "), { targets });
  } finally {
    claim.release();
  }
}

/** The right to change the list; undefined while another process has it. Without a manager several may want it at once. */
async function claimList(configDir: string): Promise<NameClaim | undefined> {
  // A folder of its own: a claim needs one that no other user can read, and the folder of the settings may be open.
  const folder = path.join(configDir, ".claims");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return await claimName(folder, "targets");
  } catch (error) {
    if (error instanceof AlreadyRunningError) return undefined;
    throw error;
  }
}

/** Different for each content of the file. */
function revisionOf(file: string): string {
  return createHash("sha256").update(jsonFile(file).bytes() ?? "").digest("hex").slice(0, 16);
}

function written({ name, host, port, enabled }: { name: string; host: string; port: number; enabled: boolean }): TargetInput {
  return { name, host, port, enabled };
}
