import { busDir, nameOwner } from "@vj/control";
import { findProject, findWorkers } from "@vj/process-manager/find-workers";
import { limits, managerName } from "@vj/schema";
import { changeAway, readEnvironment, settingsAway } from "@vj/worker";
import { CliError } from "./cli-error.ts";
import { connectWorker, notRunning } from "./connect-worker.ts";
import { accepted, currentManagerState } from "@vj/rig/manager";
import { printError, printLine } from "./output.ts";
import { workerPlaces } from "./worker-places.ts";

/** Changes the settings of a worker that does not run. @throws CliError when there is no such worker, or a value is invalid. */
export async function setAway(worker: string, changes: Record<string, unknown>): Promise<void> {
  const places = readEnvironment();
  if (settingsAway(places, worker) === undefined) await assertKnown(worker);
  const outcome = await changeAway(places, worker, changes);
  if (!outcome.ok) throw new CliError(outcome.reason);
  const { file, checked, problem, withoutEffect } = outcome;
  if (problem !== undefined) printError(problem);
  // A worker that has started meanwhile may have read its file before this change.
  if (nameOwner(busDir(), worker) !== undefined) return sendToo(worker, changes);
  printLine(`saved in ${file}; ${worker} is not running and will use it when it starts`);
  if (!checked) printLine(`not checked: ${worker} has never run here, so its settings are unknown`);
  if (withoutEffect.length > 0) printLine(`without effect: ${withoutEffect.join(", ")}`);
}

/** The settings that a stopped worker will start with. @throws CliError when it never ran here. */
export function stateAway(worker: string): NonNullable<ReturnType<typeof settingsAway>> {
  const away = settingsAway(readEnvironment(), worker);
  if (away === undefined) throw notRunning(worker);
  printError(`${worker} is not running; these are the settings of its next start, unless its environment sets others`);
  return away;
}

async function sendToo(worker: string, changes: Record<string, unknown>): Promise<void> {
  const client = await connectWorker(worker);
  const reply = await client.request("set_config", changes, { timeoutMs: limits.slowReplyMs }).finally(() => client.close());
  printLine(accepted(reply).message ?? "done");
}

/** A mistyped name would create a file that no worker reads. */
async function assertKnown(worker: string): Promise<void> {
  const manager = await currentManagerState();
  const { programs } = findWorkers({ named: workerPlaces(), project: findProject(process.cwd()) });
  const names = [...new Set([managerName, ...programs.keys(), ...Object.keys(manager?.workers ?? {})])].sort();
  if (!names.includes(worker)) throw new CliError(`there is no worker "${worker}"`, { hint: `there are: ${names.join(", ")}` });
}
