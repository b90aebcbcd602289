import { probe, scan } from "@vj/discovery";
import type { ProbeResult } from "@vj/discovery";
import { managerName, rigHealth, workerHealth } from "@vj/schema";
import type { ManagedWorker, ManagerState, RigHealth, WorkerFacts, WorkerHealth } from "@vj/schema";
import { managerProblems } from "../manager-problems.ts";
import type { ManagerOptions } from "./manager-options.ts";

/** One worker as every surface shows it. */
export interface WorkerView {
  readonly health: WorkerHealth;
  /** The manager's row; undefined when the manager does not know the worker, or there is no manager. */
  readonly managed: ManagedWorker | undefined;
  readonly pid: number | null;
}

/** A whole rig as every surface shows it. */
export interface RigView {
  readonly manager: ManagerState | undefined;
  readonly workers: Readonly<Record<string, WorkerView>>;
  readonly rig: RigHealth;
  /** Problems of the manager itself: worker packages that it cannot use, settings that it cannot read or save. */
  readonly problems: readonly string[];
  /** Warnings although the rig does its job: another rig that sends to the same target. */
  readonly warnings: readonly string[];
}

/** Judges a rig from the manager's state and the probes of workers that the manager does not know. */
export function rigView(manager: ManagerState | undefined, probes: Readonly<Record<string, ProbeResult>> = {}): RigView {
  const hasManager = manager !== undefined;
  const problems = manager === undefined ? [] : managerProblems(manager);
  const workers: Record<string, WorkerView> = {};
  for (const [name, managed] of Object.entries(manager?.workers ?? {})) {
    workers[name] = { health: workerHealth({ managed, hasManager }), managed, pid: managed.pid };
  }
  for (const [name, found] of Object.entries(probes)) {
    if (name in workers || found.status === "absent") continue;
    const pid = found.status === "alive" ? found.state.pid : null;
    workers[name] = { health: workerHealth({ ...factsOf(found), hasManager }), managed: undefined, pid };
  }
  const healths = Object.fromEntries(Object.entries(workers).map(([name, { health }]) => [name, health]));
  return { manager, workers, problems, warnings: textsOf(manager?.["warnings"]), rig: rigHealth({ workers: healths, hasManager, problems }) };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Probes every worker with a socket that the manager does not know; without a manager, every worker. */
export async function viewWithSockets(manager: ManagerState | undefined, options: ManagerOptions = {}): Promise<RigView> {
  const names = scan(options).filter((name) => name !== managerName && manager?.workers[name] === undefined);
  const probes = await Promise.all(names.map(async (name) => [name, await probe(name, options)] as const));
  return rigView(manager, Object.fromEntries(probes));
}

function factsOf(found: ProbeResult): Pick<WorkerFacts, "reach" | "state" | "problem"> {
  switch (found.status) {
    case "alive":
      return { reach: "answers", state: found.state };
    case "silent":
      return { reach: "silent" };
    case "dead":
      return { reach: "gone" };
    case "absent":
      return {};
    case "blocked":
    case "unusable":
      return { reach: "unusable", problem: found.reason };
  }
}
