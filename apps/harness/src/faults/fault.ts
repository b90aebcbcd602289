import { managerName } from "@vj/schema";
import type { Acknowledged } from "../invariants.ts";
import type { Incidents } from "../incidents.ts";
import type { Random } from "../random.ts";
import { until } from "../rig.ts";
import type { RealRig } from "../rig.ts";

/** The context of a fault: the rig, its workers, and what may be hit. */
export interface FaultContext {
  readonly rig: RealRig;
  readonly random: Random;
  readonly workers: readonly string[];
  readonly acknowledged: Acknowledged;
  readonly incidents: Incidents;
}

/** One kind of fault. */
export interface Fault {
  readonly name: string;
  /** Why it cannot be injected on this machine; undefined when it can. */
  unavailable?(rig: RealRig): string | undefined;
  /** Injects the fault and waits until the affected part works again. @returns milliseconds from the fault to the recovery */
  run(context: FaultContext): Promise<number>;
}

const recoveryMs = 90_000;

/** The one process of a worker. @throws Error when there is none or more than one. */
export function pidOf(rig: RealRig, worker: string): number {
  const [pid, ...more] = rig.pidsOf(worker);
  if (pid === undefined || more.length > 0) throw new Error(`${worker} runs ${more.length + (pid === undefined ? 0 : 1)} times`);
  return pid;
}

/** Waits until the worker answers as another process than `oldPid`. @returns milliseconds */
export async function replaced({ rig, incidents }: FaultContext, worker: string, oldPid: number): Promise<number> {
  const took = await until(
    `${worker} is back`,
    async () => {
      const { pid } = await rig.workerState(worker);
      if (pid === oldPid) throw new Error("still the old process");
    },
    recoveryMs,
  );
  incidents.restarted(worker);
  return took;
}

/** Kills the worker with SIGKILL and waits for the next one. @returns milliseconds */
export function killed(context: FaultContext, worker: string): Promise<number> {
  const pid = pidOf(context.rig, worker);
  process.kill(pid, "SIGKILL");
  return replaced(context, worker, pid);
}

/** Waits until the worker answers. @returns milliseconds */
export function answers(rig: RealRig, worker: string): Promise<number> {
  return until(`${worker} answers`, async () => void (await rig.workerState(worker)), recoveryMs);
}

/** All processes on the bus. */
export function everybody({ workers }: FaultContext): string[] {
  return [managerName, ...workers];
}

/**
 * Kills the manager and starts another one, which must adopt the workers. @returns milliseconds. @throws Error that names
 * restarted workers.
 */
export async function managerReplaced({ rig, workers, incidents }: FaultContext): Promise<number> {
  const before = workers.map((worker) => pidOf(rig, worker));
  const begun = performance.now();
  process.kill(pidOf(rig, managerName), "SIGKILL");
  await rig.vj("up");
  const took = performance.now() - begun;
  incidents.forgetAll();
  const restarted = workers.filter((worker, i) => pidOf(rig, worker) !== before[i]);
  if (restarted.length > 0) throw new Error(`restarted instead of adopted: ${restarted.join(", ")}`);
  return took;
}
