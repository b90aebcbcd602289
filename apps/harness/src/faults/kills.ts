import { managerName } from "@vj/schema";
import { killed, managerReplaced, pidOf, replaced } from "./fault.ts";
import type { Fault, FaultContext } from "./fault.ts";
import { isOverloaded } from "../overload.ts";
import { until } from "../rig.ts";
import type { RealRig } from "../rig.ts";
import { rigProcesses } from "../processes.ts";

/** The design's limit for reporting a hung worker, milliseconds. */
const unhealthyWithinMs = 4000;
const hungReplacedWithinMs = 11_000;
const steadyWithinMs = 70_000;

/** The first fault of an incident: its restart comes at once. Waits until a worker has no recent incident. */
export const killWorker: Fault = {
  name: "kill -9 worker",
  async run(context) {
    const { random, workers, incidents } = context;
    await until("a worker has had a minute of health", () => someAreSteady(context), steadyWithinMs);
    return killed(context, incidents.pickSteady(workers, random));
  },
};

/** The same worker twice within one incident: the second restart waits for a second. */
export const killWorkerAgain: Fault = {
  name: "kill -9 worker twice",
  async run(context) {
    const { random, workers, incidents } = context;
    const worker = incidents.pickSteady(workers, random);
    await killed(context, worker);
    return killed(context, worker);
  },
};

export const stopWorker: Fault = {
  name: "SIGSTOP worker",
  async run(context) {
    const { rig, random, workers, incidents } = context;
    const worker = incidents.pickSteady(workers, random);
    const atOnce = incidents.isOver(worker);
    const pid = pidOf(rig, worker);
    process.kill(pid, "SIGSTOP");
    const begun = performance.now();
    await until(`${worker} is reported as unhealthy`, () => isUnhealthy(rig, worker), unhealthyWithinMs);
    await replaced(context, worker, pid);
    const took = performance.now() - begun;
    if (rigProcesses(rig.busDir).some((found) => found.pid === pid)) throw new Error(`the stopped process ${pid} of ${worker} is still there`);
    // The start of a new process takes as long as the load of the machine makes it: that is not a fault of supervision.
    if (atOnce && !isOverloaded() && took > hungReplacedWithinMs) throw new Error(`${worker} was replaced only after ${Math.round(took)} ms`);
    return took;
  },
};

function someAreSteady({ workers, incidents }: FaultContext): void {
  if (!workers.some((worker) => incidents.isOver(worker))) throw new Error("all were restarted a moment ago");
}

async function isUnhealthy(rig: RealRig, worker: string): Promise<void> {
  const state = (await rig.managerState()).workers[worker]?.state;
  if (state !== "unhealthy") throw new Error(`it is ${state ?? "unknown"}`);
}

/** A new manager must adopt the running workers: same pids, none twice. */
export const killManager: Fault = {
  name: "kill -9 manager",
  run: managerReplaced,
};

export const killManagerAndWorker: Fault = {
  name: "kill -9 manager and worker",
  async run(context) {
    const { rig, random, workers, incidents } = context;
    const worker = random.pick(workers);
    const pid = pidOf(rig, worker);
    const begun = performance.now();
    process.kill(pidOf(rig, managerName), "SIGKILL");
    process.kill(pid, "SIGKILL");
    await rig.vj("up");
    incidents.forgetAll();
    await replaced(context, worker, pid);
    return performance.now() - begun;
  },
};
