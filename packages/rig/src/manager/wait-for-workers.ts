import type { ControlClient } from "@vj/control";
import type { ManagedWorker, ManagerState } from "@vj/schema";
import { knownWorker, managerState } from "./ask-manager.ts";
import { pause } from "../wait.ts";
import type { WaitOptions } from "../wait.ts";

/** Longest wait for a worker, milliseconds. */
export const steerMs = 15_000;
const pollMs = 100;
/** After this many restarts during the wait, a worker is not waited for any longer. */
const hopelessRestarts = 2;

/** Outcome of waiting for workers. */
export interface WaitResult {
  readonly running: readonly string[];
  /** Those that do not answer. */
  readonly missing: readonly string[];
  /** The manager's last state. */
  readonly state: ManagerState;
}

/**
 * Waits until each of the workers that should run either answers or has failed.
 * @param names the workers; undefined: all that should run.
 * @throws RigError `unknown_worker` when a name is unknown.
 */
export async function waitForWorkers(
  manager: ControlClient,
  names: readonly string[] | undefined,
  { timeoutMs = steerMs, signal }: WaitOptions & { readonly timeoutMs?: number } = {},
): Promise<WaitResult> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const state = await managerState(manager, { signal });
    const wanted = names ?? Object.keys(state.workers).filter((name) => state.workers[name]?.state !== "stopped");
    const isRunning = (name: string): boolean => knownWorker(state.workers, name).state === "running";
    const missing = wanted.filter((name) => !isRunning(name));
    if (missing.every((name) => isHopeless(knownWorker(state.workers, name))) || performance.now() > end) {
      return { running: wanted.filter(isRunning), missing, state };
    }
    await pause(pollMs, { signal });
  }
}

function isHopeless({ state, restart_count: restarts }: ManagedWorker): boolean {
  return state === "failed" || (state === "backoff" && restarts >= hopelessRestarts);
}
