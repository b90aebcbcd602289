import { setTimeout as delay } from "node:timers/promises";
import type { ControlClient } from "@vj/control";
import type { ManagerState } from "@vj/schema";
import { CliError } from "./cli-error.ts";
import { stoppedLines, waitForWorkers } from "./fleet.ts";
import { fleetView } from "./fleet-view.ts";
import { accepted, ask, managerState, withManager } from "./manager.ts";
import { printLine } from "./output.ts";

const waitMs = 15_000;
const pollMs = 50;

/** Starts every worker that is switched on, those that a person stopped too. @throws CliError naming those that do not answer. */
export function startAll(): Promise<void> {
  return withManager(async (manager) => {
    accepted(await ask(manager, "start_all"));
    await reportRunning(manager);
  });
}

/** Restarts every worker that runs. @throws CliError naming those that do not answer afterwards. */
export function restartAll(): Promise<void> {
  return withManager(async (manager) => {
    const before = await managerState(manager);
    const names = runningIn(before);
    for (const reply of await Promise.all(names.map((worker) => ask(manager, "restart_worker", { worker })))) accepted(reply);
    await until(manager, ({ workers }) => names.every((name) => workers[name]?.pid !== before.workers[name]?.pid));
    await reportRunning(manager);
  });
}

/** Stops every worker. @throws CliError naming those that do not end. */
export function stopAll(): Promise<void> {
  return withManager(async (manager) => {
    const names = runningIn(await managerState(manager));
    accepted(await ask(manager, "stop_all"));
    const left = runningIn(await until(manager, (state) => runningIn(state).length === 0));
    if (left.length > 0) throw new CliError(`still running: ${left.join(", ")}`, { hint: "see how they are with: vj status" });
    printLine(names.length === 0 ? "nothing was running" : `stopped: ${names.join(", ")}`);
  });
}

async function reportRunning(manager: ControlClient): Promise<void> {
  const { running, missing } = await waitForWorkers(manager, undefined, waitMs);
  printLine(running.length === 0 ? "nothing is running" : `running: ${running.join(", ")}`);
  for (const line of stoppedLines(fleetView(await managerState(manager)).rig)) printLine(line);
  if (missing.length > 0) throw new CliError(`not all workers answer\n  ${missing.join("\n  ")}`, { hint: "see why with: vj logs, or: vj doctor" });
}

/** Waits until the state of the manager is as wanted, or until the time is up. @returns the last state */
async function until(manager: ControlClient, isDone: (state: ManagerState) => boolean): Promise<ManagerState> {
  const end = performance.now() + waitMs;
  for (;;) {
    const state = await managerState(manager);
    if (isDone(state) || performance.now() > end) return state;
    await delay(pollMs);
  }
}

function runningIn({ workers }: ManagerState): string[] {
  return Object.keys(workers).filter((name) => workers[name]?.running === true);
}
