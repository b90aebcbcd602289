import { setTimeout as delay } from "node:timers/promises";
import type { ControlClient } from "@vj/control";
import { healthDetail, rigRemarks } from "@vj/schema";
import type { ManagedWorker, ManagerState, RigHealth } from "@vj/schema";
import { CliError } from "./cli-error.ts";
import { fleetView } from "./fleet-view.ts";
import type { FleetView, WorkerView } from "./fleet-view.ts";
import { managerState } from "./manager.ts";
import { formatTable } from "./table.ts";

const pollMs = 100;
/** A worker that died this often while it was waited for is not waited for any longer. */
const hopelessRestarts = 2;

/** How the whole rig is, in lines for a person. */
export function summaryLines({ rig, manager, problems }: FleetView): string[] {
  const troubled = [...rig.troubled, ...rig.busy];
  // Those that a person stopped have a line of their own.
  const remarks = [...rigRemarks({ ...rig, stoppedByYou: [] }), ...(problems.length > 0 ? ["worker packages that cannot be used"] : [])];
  const why = rig.healthy ? "" : `: ${remarks.join(", ")}${troubled.length === 0 ? "" : ` (${troubled.join(", ")})`}`;
  const supervisor = manager === undefined ? "no process manager: crashed workers stay down" : `process manager pid ${manager.pid}`;
  return [`${rig.healthy ? "healthy" : "degraded"}${why}; ${supervisor}`, ...stoppedLines(rig)];
}

/** Which workers a person stopped, and how they are started again; no line when there is none. */
export function stoppedLines({ stoppedByYou }: RigHealth): string[] {
  if (stoppedByYou.length === 0) return [];
  const [only = ""] = stoppedByYou;
  const again = stoppedByYou.length === 1 ? `start it again with: vj start ${only}` : "start them again with: vj start --all";
  return [`stopped by you: ${stoppedByYou.join(", ")}; ${again}`];
}

/** The workers as a plain table. @param now epoch seconds */
export function fleetTable({ workers }: FleetView, now = Date.now() / 1000): string[] {
  const rows = Object.entries(workers).map(([name, worker]) => [
    name,
    worker.health.word,
    worker.pid === null ? "-" : String(worker.pid),
    worker.managed === undefined ? "-" : String(worker.managed.restart_count),
    worker.managed?.last_heartbeat == null ? "-" : `${Math.max(0, Math.round(now - worker.managed.last_heartbeat))} s ago`,
    noteOf(worker, now),
  ]);
  return formatTable(["WORKER", "STATE", "PID", "RESTARTS", "HEARTBEAT", "NOTE"], rows);
}

/** One line for a person on how a worker is. */
export function describeWorker(name: string, worker: WorkerView, now = Date.now() / 1000): string {
  const pid = worker.pid === null ? "" : ` (pid ${worker.pid})`;
  const note = noteOf(worker, now);
  return `${name} ${worker.health.word}${pid}${note === "" ? "" : `: ${note}`}`;
}

/** What there is to say of a worker besides its state; empty when nothing is. @param now epoch seconds */
export function noteOf({ health, managed }: WorkerView, now = Date.now() / 1000): string {
  const whose = managed === undefined ? "not known to a process manager" : managed.adopted ? "adopted" : "";
  return [healthDetail(health, now), health.todo, whose].filter((note) => note !== "").join("; ");
}

/**
 * Waits until each of the workers that are meant to run either answers or has failed.
 * @param names which; undefined: all that are meant to run.
 * @returns those that do not answer, with the reason. @throws CliError when a name is not known.
 */
export async function waitForWorkers(manager: ControlClient, names: readonly string[] | undefined, limitMs: number): Promise<WaitResult> {
  const end = performance.now() + limitMs;
  for (;;) {
    const state = await managerState(manager);
    const { workers } = state;
    const wanted = names ?? Object.keys(workers).filter((name) => workers[name]?.state !== "stopped");
    const states = wanted.map((name) => ({ name, worker: known(workers, name) }));
    const late = states.filter(({ worker }) => worker.state !== "running");
    const views = fleetView(state).workers;
    if (late.every(({ worker }) => isHopeless(worker)) || performance.now() > end) {
      return {
        running: states.filter(({ worker }) => worker.state === "running").map(({ name }) => name),
        missing: late.flatMap(({ name }) => (views[name] === undefined ? [] : [describeWorker(name, views[name])])),
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
