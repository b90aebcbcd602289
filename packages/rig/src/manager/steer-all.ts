import { setTimeout as delay } from "node:timers/promises";
import type { ControlClient } from "@vj/control";
import type { ManagerState } from "@vj/schema";
import { accepted, ask, managerState } from "./ask-manager.ts";
import { RigError } from "./rig-error.ts";
import { steerMs } from "./steer-worker.ts";
import { waitForWorkers } from "./wait-for-workers.ts";
import type { WaitResult } from "./wait-for-workers.ts";

const pollMs = 50;

/**
 * Starts every enabled worker, including those that a person stopped, and returns when each answers or has failed.
 * @throws RigError when it is refused.
 */
export async function startAll(manager: ControlClient): Promise<WaitResult> {
  accepted(await ask(manager, "start_all"));
  return waitForWorkers(manager, undefined, steerMs);
}

/** Restarts every worker that runs, and returns when each answers or has failed. @throws RigError when it is refused. */
export async function restartAll(manager: ControlClient): Promise<WaitResult> {
  const before = await managerState(manager);
  const names = runningIn(before);
  for (const reply of await Promise.all(names.map((worker) => ask(manager, "restart_worker", { worker })))) accepted(reply);
  await until(manager, ({ workers }) => names.every((name) => workers[name]?.pid !== before.workers[name]?.pid));
  return waitForWorkers(manager, undefined, steerMs);
}

/** Stops every worker. @returns those that ran. @throws RigError `not_ended` that names those that still run. */
export async function stopAll(manager: ControlClient): Promise<readonly string[]> {
  const names = runningIn(await managerState(manager));
  accepted(await ask(manager, "stop_all"));
  const left = runningIn(await until(manager, (state) => runningIn(state).length === 0));
  if (left.length > 0) throw new RigError("not_ended", `still running: ${left.join(", ")}`);
  return names;
}

/** Waits until the manager's state satisfies `isDone`, or until the time is up. @returns the last state */
async function until(manager: ControlClient, isDone: (state: ManagerState) => boolean): Promise<ManagerState> {
  const end = performance.now() + steerMs;
  for (;;) {
    const state = await managerState(manager);
    if (isDone(state) || performance.now() > end) return state;
    await delay(pollMs);
  }
}

function runningIn({ workers }: ManagerState): string[] {
  return Object.keys(workers).filter((name) => workers[name]?.running === true);
}
