import type { ControlClient } from "@vj/control";
import type { ManagerState } from "@vj/schema";
import { accepted, ask, managerState } from "./ask-manager.ts";
import { pause } from "../wait.ts";
import type { WaitOptions } from "../wait.ts";
import { RigError } from "./rig-error.ts";
import { steerMs, waitForWorkers } from "./wait-for-workers.ts";
import type { WaitResult } from "./wait-for-workers.ts";

const pollMs = 50;

/**
 * Starts every enabled worker, including those that a person stopped, and returns when each answers or has failed.
 * @throws RigError when it is refused.
 */
export async function startAll(manager: ControlClient, options: WaitOptions = {}): Promise<WaitResult> {
  accepted(await ask(manager, "start_all", {}, options));
  return waitForWorkers(manager, undefined, options);
}

/** Restarts every worker that runs, and returns when each answers or has failed. @throws RigError when it is refused. */
export async function restartAll(manager: ControlClient, options: WaitOptions = {}): Promise<WaitResult> {
  const before = await managerState(manager, options);
  const names = runningIn(before);
  for (const reply of await Promise.all(names.map((worker) => ask(manager, "restart_worker", { worker }, options)))) accepted(reply);
  await until(manager, ({ workers }) => names.every((name) => workers[name]?.pid !== before.workers[name]?.pid), options);
  return waitForWorkers(manager, undefined, options);
}

/** Outcome of stopping all workers. */
export interface StopAllResult {
  /** Those that ran. */
  readonly stopped: readonly string[];
  /** The manager's state after it. */
  readonly state: ManagerState;
}

/** Stops every worker. @throws RigError `not_ended` that names those that still run. */
export async function stopAll(manager: ControlClient, options: WaitOptions = {}): Promise<StopAllResult> {
  const stopped = runningIn(await managerState(manager, options));
  accepted(await ask(manager, "stop_all", {}, options));
  const state = await until(manager, (now) => runningIn(now).length === 0, options);
  const left = runningIn(state);
  if (left.length > 0) throw new RigError("not_ended", `still running: ${left.join(", ")}`);
  return { stopped, state };
}

/** Waits until the manager's state satisfies `isDone`, or until the time is up. @returns the last state */
async function until(manager: ControlClient, isDone: (state: ManagerState) => boolean, options: WaitOptions): Promise<ManagerState> {
  const end = performance.now() + steerMs;
  for (;;) {
    const state = await managerState(manager, options);
    if (isDone(state) || performance.now() > end) return state;
    await pause(pollMs, options);
  }
}

function runningIn({ workers }: ManagerState): string[] {
  return Object.keys(workers).filter((name) => workers[name]?.running === true);
}
