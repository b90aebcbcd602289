import { managerCondition, restartAll, rigView, startAll, startAndWait, stopAll, stopAndWait, withManager } from "@vj/rig/manager";
import type { WaitResult } from "@vj/rig/manager";
import type { ManagerState } from "@vj/schema";
import { CliError } from "./cli-error.ts";
import { describeMissing, stoppedLines } from "./fleet.ts";
import { printError, printLine } from "./output.ts";

/** Starts or restarts a worker, and prints its pid once it answers. @throws CliError when it does not; RigError. */
export async function startOne(cmd: "start_worker" | "restart_worker", worker: string): Promise<void> {
  const result = await withManager((manager) => startAndWait(manager, cmd, worker));
  if (result.missing.length > 0) throw new CliError(describeMissing(result).join("\n"), { hint: `see why with: vj logs ${worker}` });
  printLine(`${worker} running (pid ${result.state.workers[worker]?.pid ?? "unknown"})`);
  reportManager(result.state);
}

/** Stops a worker, and reports when its process has ended, and what starts it again. @throws RigError when it has not ended. */
export async function stopOne(worker: string): Promise<void> {
  const state = await withManager((manager) => stopAndWait(manager, worker));
  printLine(`${worker} stopped; start it again with: vj start ${worker}`);
  reportManager(state);
}

/** Starts or restarts all workers, and names those that answer. @throws CliError that names those that do not; RigError. */
export async function startEvery(how: "start" | "restart"): Promise<void> {
  reportRunning(await withManager(how === "start" ? startAll : restartAll));
}

/** Stops every worker. @throws RigError that names those that do not end. */
export async function stopEvery(): Promise<void> {
  const { stopped, state } = await withManager(stopAll);
  printLine(stopped.length === 0 ? "nothing was running" : `stopped: ${stopped.join(", ")}; start them again with: vj start --all`);
  reportManager(state);
}

/** Prints which workers run and which a person stopped. @throws CliError that names those that do not answer. */
function reportRunning(result: WaitResult): void {
  const { running, missing, state } = result;
  printLine(running.length === 0 ? "nothing is running" : `running: ${running.join(", ")}`);
  for (const line of stoppedLines(rigView(state).rig)) printLine(line);
  reportManager(state);
  if (missing.length > 0) {
    throw new CliError(`not all workers answer\n  ${describeMissing(result).join("\n  ")}`, { hint: "see why with: vj logs, or: vj doctor" });
  }
}

/** Reports what the manager could not do, for example save which workers were stopped. */
function reportManager(state: ManagerState): void {
  const problem = managerCondition(state);
  if (problem !== undefined) printError(`process manager: ${problem}`);
}
