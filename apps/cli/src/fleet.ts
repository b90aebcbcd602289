import { setTimeout as delay } from "node:timers/promises";
import type { ControlClient } from "@vj/control";
import type { Condition, ManagedWorker, ManagerState } from "@vj/schema";
import { CliError } from "./cli-error.ts";
import { managerState } from "./manager.ts";
import { formatTable } from "./table.ts";

const pollMs = 100;
/** A worker that died this often while it was waited for is not waited for any longer. */
const hopelessRestarts = 2;

/** Whether a worker is as it should be: it runs and does its job, or nobody wants it to. */
export function isWell({ state, condition }: ManagedWorker): boolean {
  return state === "stopped" || (state === "running" && (condition === null || condition.level === "ok"));
}

/** Whether all is as it should be. Where nothing runs, nothing is. */
export function isHealthy(state: ManagerState): boolean {
  return !isIdle(state) && Object.values(state.workers).every(isWell) && problemsOf(state).length === 0;
}

/** Whether nothing runs, and nothing is on its way. */
export function isIdle({ workers }: ManagerState): boolean {
  return Object.values(workers).every(({ state }) => state === "stopped");
}

/** Workers that would run, had a person not stopped them. */
export function stoppedByYou({ workers }: ManagerState): string[] {
  return Object.keys(workers).filter((name) => workers[name]?.stopped_by_request === true);
}

/** How the whole rig is, in lines for a person. */
export function summaryLines(state: ManagerState): string[] {
  const health = isHealthy(state) ? "healthy" : isIdle(state) ? "degraded: nothing is running" : "degraded";
  return [`${health}; process manager pid ${state.pid}`, ...stoppedLines(state)];
}

/** Which workers a person stopped, and how they are started again; no line when there is none. */
export function stoppedLines(state: ManagerState): string[] {
  const stopped = stoppedByYou(state);
  if (stopped.length === 0) return [];
  return [`stopped by you: ${stopped.join(", ")}; ${startAgain(stopped)}`];
}

/** The command that starts these again. */
export function startAgain(stopped: readonly string[]): string {
  const [only = ""] = stopped;
  return stopped.length === 1 ? `start it again with: vj start ${only}` : "start them again with: vj start --all";
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
  const notes = [worker.detail, ...(worker.condition === null ? [] : conditionNotes(worker.condition))];
  // One that fails again and again is as often starting as waiting: why it last ended is what one wants to know then.
  if (worker.state === "starting" && worker.detail === "" && worker.last_exit !== null) notes.push(`last exit: ${worker.last_exit.reason}`);
  if (worker.next_restart_at !== null) notes.push(`next try in ${Math.max(0, Math.ceil(worker.next_restart_at - now))} s`);
  if (worker.adopted) notes.push("adopted");
  if (!worker.enabled) notes.push("switched off");
  return notes.filter((note) => note !== "").join("; ");
}

function conditionNotes({ level, text, todo = "" }: Condition): string[] {
  return level === "ok" ? [text] : [text === "" ? level : `${level}: ${text}`, todo];
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

/** @throws CliError when there is no worker of this name */
export function known(workers: ManagerState["workers"], name: string): ManagedWorker {
  const worker = workers[name];
  if (worker !== undefined) return worker;
  throw new CliError(`there is no worker "${name}"`, { hint: `there are: ${Object.keys(workers).join(", ") || "none"}` });
}
