import { managerName } from "@vj/schema";
import { pidOf, replaced } from "./fault.ts";
import type { Fault } from "./fault.ts";

export const killWorker: Fault = {
  name: "kill -9 worker",
  async run({ rig, random, workers }) {
    const worker = random.pick(workers);
    const pid = pidOf(rig, worker);
    process.kill(pid, "SIGKILL");
    return replaced(rig, worker, pid);
  },
};

export const stopWorker: Fault = {
  name: "SIGSTOP worker",
  async run({ rig, random, workers }) {
    const worker = random.pick(workers);
    const pid = pidOf(rig, worker);
    process.kill(pid, "SIGSTOP");
    return replaced(rig, worker, pid);
  },
};

/** A new manager must adopt the workers that live: same pids, none twice. */
export const killManager: Fault = {
  name: "kill -9 manager",
  async run({ rig, workers }) {
    const before = workers.map((worker) => pidOf(rig, worker));
    const begun = performance.now();
    process.kill(pidOf(rig, managerName), "SIGKILL");
    await rig.vj("up");
    const took = performance.now() - begun;
    const after = workers.map((worker) => pidOf(rig, worker));
    const restarted = workers.filter((_, i) => before[i] !== after[i]);
    if (restarted.length > 0) throw new Error(`restarted instead of adopted: ${restarted.join(", ")}`);
    return took;
  },
};

export const killManagerAndWorker: Fault = {
  name: "kill -9 manager and worker",
  async run({ rig, random, workers }) {
    const worker = random.pick(workers);
    const pid = pidOf(rig, worker);
    const begun = performance.now();
    process.kill(pidOf(rig, managerName), "SIGKILL");
    process.kill(pid, "SIGKILL");
    await rig.vj("up");
    await replaced(rig, worker, pid);
    return performance.now() - begun;
  },
};
