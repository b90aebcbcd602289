import { busDir, messageOf } from "@vj/control";
import { probe, scan } from "@vj/discovery";
import { managerName } from "@vj/schema";
import { describeWorker, isIdle, isWell, problemsOf, stoppedByYou } from "../fleet.ts";
import { findManager, managerState } from "../manager.ts";
import { failure, fine, warning } from "./check.ts";
import type { Finding } from "./check.ts";
import { workerSays } from "./worker-says.ts";

/** Sockets without anybody behind them, processes that do not answer, and what those that answer lack. */
export async function checkSockets(): Promise<Finding[]> {
  let names: string[];
  try {
    names = scan(busDir());
  } catch {
    // The check of the bus directory says why.
    return [];
  }
  return (await Promise.all(names.map(checkSocket))).flat();
}

async function checkSocket(name: string): Promise<Finding[]> {
  const subject = `socket ${name}`;
  const found = await probe(name, busDir());
  switch (found.status) {
    case "alive":
      return [fine(subject, `answers (pid ${found.state.pid})`), ...workerSays(name, found.state)];
    case "absent":
      return [fine(subject, "has just ended")];
    case "dead":
      return [warning(subject, "left over from a process that died", name === managerName ? "vj up replaces it" : `vj start ${name} replaces it`)];
    case "silent":
      return [failure(subject, "accepts connections but does not answer", "the process manager replaces it within 10 s; without one: vj up")];
    case "unusable":
      return [failure(subject, found.reason, `see what it is: vj logs ${name}`)];
  }
}

/** What the process manager says of the workers. */
export async function checkWorkers(): Promise<Finding[]> {
  try {
    const manager = await findManager();
    if (manager === undefined) return [warning("process manager", "is not running", "start the rig with: vj up")];
    const state = await managerState(manager).finally(() => manager.close());
    const ill = Object.entries(state.workers).filter(([, worker]) => !isWell(worker));
    return [
      fine("process manager", `runs (pid ${state.pid}) with ${Object.keys(state.workers).length} workers`),
      ...problemsOf(state).map((problem) => failure("worker packages", problem, "correct or remove this package")),
      ...(isIdle(state) ? [failure("workers", "nothing is running", "start them with: vj up --all")] : []),
      ...stoppedByYou(state).map((name) => warning(`worker ${name}`, "stopped by you", `start it again with: vj start ${name}`)),
      ...ill.map(([name, worker]) => failure(`worker ${name}`, describeWorker(name, worker), `see why with: vj logs ${name}`)),
    ];
  } catch (error) {
    return [failure("process manager", messageOf(error), "see what it does with: vj logs process_manager")];
  }
}
