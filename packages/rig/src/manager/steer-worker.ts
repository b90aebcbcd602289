import { identify } from "@vj/control";
import type { ControlClient, ProcessIdentity } from "@vj/control";
import type { ManagerState } from "@vj/schema";
import { accepted, ask, managerState } from "./ask-manager.ts";
import type { WaitOptions } from "../wait.ts";
import { RigError } from "./rig-error.ts";
import { untilGone } from "./until-gone.ts";
import { steerMs, waitForWorkers } from "./wait-for-workers.ts";
import type { WaitResult } from "./wait-for-workers.ts";

/** Asks the manager to start or restart a worker, and returns when it answers or has failed. @throws RigError when it is refused. */
export async function startAndWait(
  manager: ControlClient,
  cmd: "start_worker" | "restart_worker",
  worker: string,
  options: WaitOptions = {},
): Promise<WaitResult> {
  const before = processOf(await managerState(manager, options), worker);
  accepted(await ask(manager, cmd, { worker }, options));
  // Until it has ended, the running process is still the old one.
  if (before !== undefined) await untilGone(before, steerMs, options);
  return waitForWorkers(manager, [worker], options);
}

/**
 * Asks the manager to stop a worker, and returns when its process has ended.
 * @returns the manager's state after it. @throws RigError `not_ended` when the process has not ended.
 */
export async function stopAndWait(manager: ControlClient, worker: string, options: WaitOptions = {}): Promise<ManagerState> {
  const before = processOf(await managerState(manager, options), worker);
  accepted(await ask(manager, "stop_worker", { worker }, options));
  if (before !== undefined && !(await untilGone(before, steerMs, options))) throw new RigError("not_ended", `${worker} (pid ${before.pid}) does not end`);
  return managerState(manager, options);
}

function processOf({ workers }: ManagerState, worker: string): ProcessIdentity | undefined {
  const pid = workers[worker]?.pid ?? undefined;
  return pid === undefined ? undefined : identify(pid);
}
