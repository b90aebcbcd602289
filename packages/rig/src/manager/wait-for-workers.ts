import { setTimeout as delay } from "node:timers/promises";
import type { ControlClient } from "@vj/control";
import type { ManagedWorker, ManagerState } from "@vj/schema";
import { knownWorker, managerState } from "./ask-manager.ts";

const pollMs = 100;
/** A worker that died this often while it was waited for is not waited for any longer. */
const hopelessRestarts = 2;

/** What became of workers that were waited for. */
export interface WaitResult {
  readonly running: readonly string[];
  /** Those that do not answer. */
  readonly missing: readonly string[];
  /** What the manager said last. */
  readonly state: ManagerState;
}

/**
 * Waits until each of the workers that are meant to run either answers or has failed.
 * @param names which; undefined: all that are meant to run.
 * @throws RigError `unknown_worker` when a name is not known.
 */
export async function waitForWorkers(manager: ControlClient, names: readonly string[] | undefined, limitMs: number): Promise<WaitResult> {
  const end = performance.now() + limitMs;
  for (;;) {
    const state = await managerState(manager);
    const wanted = names ?? Object.keys(state.workers).filter((name) => state.workers[name]?.state !== "stopped");
    const isRunning = (name: string): boolean => knownWorker(state.workers, name).state === "running";
    const missing = wanted.filter((name) => !isRunning(name));
    if (missing.every((name) => isHopeless(knownWorker(state.workers, name))) || performance.now() > end) {
      return { running: wanted.filter(isRunning), missing, state };
    }
    await delay(pollMs);
  }
}

function isHopeless({ state, restart_count: restarts }: ManagedWorker): boolean {
  return state === "failed" || (state === "backoff" && restarts >= hopelessRestarts);
}
