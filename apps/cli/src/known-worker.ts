import { findProject, findWorkers } from "@vj/process-manager/find-workers";
import { currentManagerState } from "@vj/rig/manager";
import { managerName } from "@vj/schema";
import { readEnvironment, settingsAway } from "@vj/worker";
import { CliError } from "./cli-error.ts";
import { workerPlaces } from "./worker-places.ts";

/** @throws CliError with all names when neither the manager nor this folder knows the worker, and it never ran here: the name is mistyped */
export async function assertKnown(worker: string): Promise<void> {
  // It ran here before, perhaps started by hand.
  if (settingsAway(readEnvironment(), worker) !== undefined) return;
  const manager = await currentManagerState();
  const { programs } = findWorkers({ named: workerPlaces(), project: findProject(process.cwd()) });
  const names = [...new Set([managerName, ...programs.keys(), ...Object.keys(manager?.workers ?? {})])].sort();
  if (!names.includes(worker)) throw new CliError(`there is no worker "${worker}"`, { hint: `there are: ${names.join(", ")}` });
}
