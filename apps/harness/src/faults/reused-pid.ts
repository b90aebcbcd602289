import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { identify, isRunning } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { everybody, killed, managerReplaced } from "./fault.ts";
import type { Fault } from "./fault.ts";

const otherBoot = "00000000-0000-0000-0000-000000000000";

/** Ways in which a lock can name a living process that did not write it. */
const forgeries: readonly ((name: string, bystander: ProcessIdentity) => readonly [file: string, content: string])[] = [
  (name, { pid, start }) => [`${name}.${pid}.${start - 500}.lock`, "held"],
  (name, { pid, start }) => [`${name}.${pid}.${start + 500}.lock`, "starting"],
  (name, { pid }) => [`${name}.${pid}.0.lock`, "held"],
  (name, { pid, start }) => [`${name}.${pid}.${start}.lock`, `held ${otherBoot}`],
];

/**
 * Locks from before a reboot, or of processes whose pid was reused by a bystander, beside a worker or a manager that has
 * just died: the next one starts anyway, the others are adopted, and the bystander is never signalled.
 */
export const reusedPid: Fault = {
  name: "reused pid in locks",
  async run(context) {
    const { rig, random, workers, incidents } = context;
    // Reads from us until we end, so that it does not outlive a killed run.
    const bystander = spawn("cat", { stdio: ["pipe", "ignore", "ignore"] });
    await once(bystander, "spawn");
    const identity = identify(bystander.pid ?? 0);
    if (identity === undefined) throw new Error("the bystander is not there");
    const forged = everybody(context).map((name) => {
      const [file, content] = random.pick(forgeries)(name, identity);
      return [path.join(rig.busDir, file), content] as const;
    });
    try {
      for (const [file, content] of forged) writeFileSync(file, content, { mode: 0o600 });
      const took = random.below(2) === 0 ? await killed(context, incidents.pickSteady(workers, random)) : await managerReplaced(context);
      if (!isRunning(identity)) throw new Error("a bystander was killed for a lock that names its pid");
      return took;
    } finally {
      for (const [file] of forged) rmSync(file, { force: true });
      bystander.kill("SIGKILL");
    }
  },
};
