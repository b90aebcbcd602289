import { probe, scan } from "@vj/discovery";
import { currentManagerState, viewWithSockets } from "@vj/rig/manager";
import type { RigView, WorkerView } from "@vj/rig/manager";
import { counted, healthDetail, managerName, messageOf } from "@vj/schema";
import type { Remedy } from "@vj/schema";
import { failure, fine, warning } from "./check.ts";
import type { Finding } from "./check.ts";

/** Checks that a process answers behind every socket. */
export async function checkSockets(): Promise<Finding[]> {
  let names: string[];
  try {
    names = scan();
  } catch {
    // The check of the bus directory reports the reason.
    return [];
  }
  return (await Promise.all(names.map(checkSocket))).flat();
}

async function checkSocket(name: string): Promise<Finding[]> {
  const subject = `socket ${name}`;
  const found = await probe(name);
  switch (found.status) {
    case "alive":
      return [fine(subject, `answers (pid ${found.state.pid})`)];
    case "absent":
      return [fine(subject, "has just ended")];
    case "dead":
      return [warning(subject, "left over from a process that died", name === managerName ? "vj up replaces it" : `vj start ${name} replaces it`)];
    case "silent":
      return [
        failure(
          subject,
          "accepts connections but does not answer",
          name === managerName ? "end it and its workers with: vj down; then start them again: vj up" : "the process manager replaces it within 10 s; without one: vj up",
        ),
      ];
    case "blocked":
      return [failure(subject, found.reason, "move it away; the process manager then starts the worker")];
    case "unusable":
      return [failure(subject, found.reason, `see its log with: vj logs ${name}`)];
  }
}

/** The health of the workers, judged as in `vj status`. */
export async function checkWorkers(): Promise<Finding[]> {
  try {
    return fleetFindings(await viewWithSockets(await currentManagerState()));
  } catch (error) {
    return [failure("process manager", messageOf(error), "see its log with: vj logs process_manager")];
  }
}

/** The findings about the whole rig. */
export function fleetFindings({ manager, rig, workers, problems, warnings }: RigView): Finding[] {
  return [
    manager === undefined
      ? warning("process manager", "is not running", "start the rig with: vj up")
      : fine("process manager", `runs (pid ${manager.pid}) with ${counted(Object.keys(manager.workers).length, "worker")}`),
    ...problems.map((problem) => failure("process manager", problem, "correct what this line names, or remove it")),
    ...warnings.map((found) => warning("targets", found, "let only one rig send there")),
    ...(manager !== undefined && rig.idle ? [failure("workers", "nothing is running", "start them with: vj up --all")] : []),
    ...Object.entries(workers).flatMap(([name, worker]) => checkWorker(name, worker)),
  ];
}

/** A worker that is off by default gets no line. */
function checkWorker(name: string, { health, pid }: WorkerView): Finding[] {
  const { level, word, todo, remedy } = health;
  const subject = `worker ${name}`;
  const detail = healthDetail(health, Date.now() / 1000);
  const found = `${word}${pid === null ? "" : ` (pid ${pid})`}${detail === "" ? "" : `: ${detail}`}`;
  const fix = todo || commandFor(remedy, name);
  switch (level) {
    case "ok":
      return [todo === "" ? fine(subject, found) : warning(subject, found, todo)];
    case "off":
      return word === "stopped by you" ? [warning(subject, found, fix)] : [];
    case "busy":
    case "degraded":
    case "failed":
      return [failure(subject, found, fix)];
  }
}

function commandFor(remedy: Remedy | undefined, name: string): string {
  switch (remedy) {
    case "start":
      return `start it again with: vj start ${name}`;
    case "restart":
      return `see why with: vj logs ${name}; restart it with: vj restart ${name}`;
    case "start_manager":
      return "start a process manager with: vj up";
    case undefined:
      return `see why with: vj logs ${name}`;
  }
}
