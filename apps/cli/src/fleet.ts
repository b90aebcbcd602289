import { rigView } from "@vj/rig/manager";
import type { RigView, WaitResult, WorkerView } from "@vj/rig/manager";
import { counted, healthDetail, rigRemarks } from "@vj/schema";
import type { RigHealth } from "@vj/schema";

/** The state of the whole rig, in lines for a person. */
export function summaryLines({ rig, manager, problems }: RigView): string[] {
  const troubled = [...rig.troubled, ...rig.busy];
  // Workers that a person stopped have a line of their own.
  const remarks = rigRemarks({ ...rig, stoppedByYou: [] }).join(", ");
  const ofWorkers = troubled.length === 0 ? remarks : `${remarks} (${troubled.join(", ")})`;
  const ofManager = problems.length === 0 ? "" : `${counted(problems.length, "problem")} of the process manager`;
  const why = rig.healthy ? "" : `: ${[ofWorkers, ofManager].filter((part) => part !== "").join(", ")}`;
  const supervisor = manager === undefined ? "no process manager: crashed workers stay down" : `process manager pid ${manager.pid}`;
  return [`${rig.healthy ? "healthy" : "degraded"}${why}; ${supervisor}`, ...stoppedLines(rig)];
}

/** Names the workers that a person stopped, and the command to start them; no line when there are none. */
export function stoppedLines({ stoppedByYou }: RigHealth): string[] {
  if (stoppedByYou.length === 0) return [];
  const [only = ""] = stoppedByYou;
  const again = stoppedByYou.length === 1 ? `start it again with: vj start ${only}` : "start them again with: vj start --all";
  return [`stopped by you: ${stoppedByYou.join(", ")}; ${again}`];
}

/** The first row of the table of workers. */
export const fleetHead = ["WORKER", "STATE", "PID", "RESTARTS", "HEARTBEAT", "NOTE"] as const;

/** A row for each worker. @param now epoch seconds */
export function fleetRows({ workers }: RigView, now = Date.now() / 1000): string[][] {
  return Object.entries(workers).map(([name, worker]) => [
    name,
    worker.health.word,
    worker.pid === null ? "-" : String(worker.pid),
    worker.managed === undefined ? "-" : String(worker.managed.restart_count),
    worker.managed?.last_heartbeat == null ? "-" : `${Math.max(0, Math.round(now - worker.managed.last_heartbeat))} s ago`,
    noteOf(worker, now),
  ]);
}

/** The same view with what a healthy worker has reported since; undefined changes nothing. */
export function withReport(view: RigView, name: string, text: string | undefined): RigView {
  const worker = view.workers[name];
  if (text === undefined || worker?.health.level !== "ok") return view;
  return { ...view, workers: { ...view.workers, [name]: { ...worker, health: { ...worker.health, text } } } };
}

/** One line for a person on the state of a worker. */
export function describeWorker(name: string, worker: WorkerView, now = Date.now() / 1000): string {
  const pid = worker.pid === null ? "" : ` (pid ${worker.pid})`;
  const note = noteOf(worker, now);
  return `${name} ${worker.health.word}${pid}${note === "" ? "" : `: ${note}`}`;
}

/** Details of a worker besides its state; empty when there are none. @param now epoch seconds */
export function noteOf({ health, managed }: WorkerView, now = Date.now() / 1000): string {
  const whose = managed === undefined ? "not known to a process manager" : managed.adopted ? "adopted" : "";
  return [healthDetail(health, now), health.todo, whose].filter((note) => note !== "").join("; ");
}

/** Workers that did not answer in time, a line each. */
export function describeMissing({ missing, state }: WaitResult): string[] {
  const { workers } = rigView(state);
  return missing.flatMap((name) => (workers[name] === undefined ? [] : [describeWorker(name, workers[name])]));
}
