import { setTimeout as delay } from "node:timers/promises";
import type { ControlClient } from "@vj/control";
import type { ManagedWorker, ManagerState } from "@vj/schema";
import { CliError } from "./cli-error.ts";
import { managerState } from "./manager.ts";
import { formatTable } from "./table.ts";

const pollMs = 100;
/** A worker that died this often while it was waited for is not waited for any longer. */
const hopelessRestarts = 2;

/** Whether a worker is as it should be: it runs, or nobody wants it to. */
export function isWell({ state }: ManagedWorker): boolean {
  return state === "running" || state === "stopped";
}

/** Whether all is as it should be. */
export function isHealthy(state: ManagerState): boolean {
  return Object.values(state.workers).every(isWell) && problemsOf(state).length === 0;
}

/** What the manager itself has to complain about: worker packages that it cannot use. */
export function problemsOf(state: ManagerState): string[] {
  const { problems } = state;
  return Array.isArray(problems) ? problems.map(String) : [];
}

/** The workers as a plain table. @param now epoch seconds */
export function fleetTable(state: ManagerState, now = Date.now() / 1000): string[] {
  const rows = Object.entries(state.workers).map(([name, worker]) => [
    name,
    worker.state,
    worker.pid === null ? "-" : String(worker.pid),
    String(worker.restart_count),
    worker.last_heartbeat === null ? "-" : `${Math.max(0, Math.round(now - worker.last_heartbeat))} s ago`,
    noteOf(worker, now),
  ]);
  return formatTable(["WORKER", "STATE", "PID", "RESTARTS", "HEARTBEAT", "NOTE"], rows);
}

/** One line for a person on how a worker is. */
export function describeWorker(name: string, worker: ManagedWorker, now = Date.now() / 1000): string {
  const pid = worker.pid === null ? "" : ` (pid ${worker.pid})`;
  const note = noteOf(worker, now);
  return `${name} ${worker.state}${pid}${note === "" ? "" : `: ${note}`}`;
}

/** What there is to say of a worker besides its state; empty when nothing is. */
export function noteOf(worker: ManagedWorker, now = Date.now() / 1000): string {
  const notes = [worker.detail];
  // One that fails again and again is as often starting as waiting: why it last ended is what one wants to know then.
  if (worker.state === "starting" && worker.detail === "" && worker.last_exit !== null) notes.push(`last exit: ${worker.last_exit.reason}`);
  if (worker.next_restart_at !== null) notes.push(`next try in ${Math.max(0, Math.ceil(worker.next_restart_at - now))} s`);
  if (worker.adopted) notes.push("adopted");
  if (!worker.enabled) notes.push("switched off");
  return notes.filter((note) => note !== "").join("; ");
}

/**
 * Waits until each of the workers that are meant to run either answers or has failed.
 * @param names which; undefined: all that are meant to run.
 * @returns those that do not answer, with the reason. @throws CliError when a name is not known.
 */
export async function waitForWorkers(manager: ControlClient, names: readonly string[] | undefined, limitMs: number): Promise<WaitResult> {
  const end = performance.now() + limitMs;
  for (;;) {
    const { workers } = await managerState(manager);
    const wanted = names ?? Object.keys(workers).filter((name) => workers[name]?.state !== "stopped");
    const states = wanted.map((name) => ({ name, worker: known(workers, name) }));
    const late = states.filter(({ worker }) => worker.state !== "running");
    if (late.every(({ worker }) => isHopeless(worker)) || performance.now() > end) {
      return {
        running: states.filter(({ worker }) => worker.state === "running").map(({ name }) => name),
        missing: late.map(({ name, worker }) => describeWorker(name, worker)),
      };
    }
    await delay(pollMs);
  }
}

/** What became of workers that were waited for. */
export interface WaitResult {
  running: string[];
  /** A line each, for a person. */
  missing: string[];
}

function isHopeless({ state, restart_count: restarts }: ManagedWorker): boolean {
  return state === "failed" || (state === "backoff" && restarts >= hopelessRestarts);
}

function known(workers: ManagerState["workers"], name: string): ManagedWorker {
  const worker = workers[name];
  if (worker !== undefined) return worker;
  throw new CliError(`there is no worker "${name}"`, { hint: `there are: ${Object.keys(workers).join(", ") || "none"}` });
}
