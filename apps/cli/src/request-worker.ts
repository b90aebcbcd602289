import { identify } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { CliError } from "./cli-error.ts";
import { waitForWorkers } from "./fleet.ts";
import { untilGone } from "./gone.ts";
import { accepted, ask, managerState, withManager } from "./manager.ts";
import { printLine } from "./output.ts";
import type { ManagerState } from "@vj/schema";

const waitMs = 15_000;

/** Asks the manager to start or restart a worker, and returns when it answers. @throws CliError when it does not. */
export function startAndWait(cmd: "start_worker" | "restart_worker", worker: string): Promise<void> {
  return withManager(async (manager) => {
    const before = processOf(await managerState(manager), worker);
    accepted(await ask(manager, cmd, { worker }));
    // Until it has ended, the one that runs is still the old one.
    if (before !== undefined) await untilGone(before, waitMs);
    const { missing } = await waitForWorkers(manager, [worker], waitMs);
    if (missing.length > 0) throw new CliError(missing.join("\n"), { hint: `see why with: vj logs ${worker}` });
    const pid = (await managerState(manager)).workers[worker]?.pid;
    printLine(`${worker} running (pid ${pid ?? "unknown"})`);
  });
}

/** Asks the manager to stop a worker, and returns when its process has ended. @throws CliError when it has not. */
export function stopAndWait(worker: string): Promise<void> {
  return withManager(async (manager) => {
    const before = processOf(await managerState(manager), worker);
    accepted(await ask(manager, "stop_worker", { worker }));
    if (before !== undefined && !(await untilGone(before, waitMs))) throw new CliError(`${worker} (pid ${before.pid}) does not end`);
    printLine(`${worker} stopped`);
  });
}

function processOf({ workers }: ManagerState, worker: string): ProcessIdentity | undefined {
  const pid = workers[worker]?.pid ?? undefined;
  return pid === undefined ? undefined : identify(pid);
}
