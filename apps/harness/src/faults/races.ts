import type { ChildProcess } from "node:child_process";
import { managerName } from "@vj/schema";
import { pidOf, replaced } from "./fault.ts";
import type { Fault } from "./fault.ts";
import { until } from "../rig.ts";
import type { RealRig } from "../rig.ts";

const alreadyRunning = 3;
const decidedWithinMs = 20_000;

/** The manager dies, and two start in its place at the same moment: one remains, and the workers keep their pids. */
export const twoManagers: Fault = {
  name: "two managers at once",
  async run({ rig, workers, incidents }) {
    const before = workers.map((worker) => pidOf(rig, worker));
    process.kill(pidOf(rig, managerName), "SIGKILL");
    const begun = performance.now();
    const rivals = [rig.startByHand(managerName), rig.startByHand(managerName)];
    await oneIsLeft(rig, managerName, rivals);
    const took = performance.now() - begun;
    incidents.forgetAll();
    const restarted = workers.filter((worker, i) => pidOf(rig, worker) !== before[i]);
    if (restarted.length > 0) throw new Error(`restarted instead of adopted: ${restarted.join(", ")}`);
    return took;
  },
};

/** A worker dies, and while the manager restarts it, two more are started by hand: one remains. */
export const twoWorkers: Fault = {
  name: "two of a worker at once",
  async run(context) {
    const { rig, random, workers, incidents } = context;
    const worker = incidents.pickSteady(workers, random);
    const pid = pidOf(rig, worker);
    const rivals = [rig.startByHand(worker), rig.startByHand(worker)];
    process.kill(pid, "SIGKILL");
    const took = await replaced(context, worker, pid);
    await oneIsLeft(rig, worker, rivals);
    return took;
  },
};

/** The losers have ended on their own with the exit code for a running process. */
async function oneIsLeft(rig: RealRig, worker: string, rivals: readonly ChildProcess[]): Promise<void> {
  await until(
    `one ${worker} is left`,
    async () => {
      const { pid } = await rig.workerState(worker);
      for (const rival of rivals) {
        if (rival.pid !== pid && rival.exitCode === null) throw new Error(`${rival.pid ?? "?"} has not ended, although ${pid} has the name`);
      }
      pidOf(rig, worker);
    },
    decidedWithinMs,
  );
  for (const { exitCode } of rivals) {
    if (exitCode !== null && exitCode !== alreadyRunning) throw new Error(`a rival ended with ${exitCode} instead of ${alreadyRunning}`);
  }
}
