import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "@vj/control";
import { managerName } from "@vj/schema";
import { dependenciesOf, hasManifest, nearestPackage, packagesIn, resolvePackage } from "./package-folders.ts";
import { readWorkerPackage } from "./worker-package.ts";
import type { WorkerProgram } from "./worker-package.ts";

/** What was found; a package that cannot be used is a problem to report, never a reason to do without the others. */
export interface FoundWorkers {
  readonly programs: ReadonlyMap<string, WorkerProgram>;
  readonly problems: readonly string[];
}

/** Where to look, in this order: the first worker of a name counts. */
export interface WorkerPlaces {
  /** Packages, and folders of packages, named by the user. */
  readonly named: readonly string[];
  /** This package: workers are looked for in the folders beside it, and among the dependencies of `@vj/cli`. */
  readonly home?: string;
  /** The user's project: workers among its direct dependencies are off until somebody starts or enables them. */
  readonly project?: string | undefined;
}

/** The folder of this package, whether it runs from `src` or from `dist`. */
export const homeFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Finds the worker programs that can be started. A worker says so in its own package.json, so there is no list to edit:
 * in a checkout they are the apps beside this one, in an installation the packages beside it and what `@vj/cli` or the user's project depends on.
 */
export function findWorkers({ named, home = homeFolder, project }: WorkerPlaces): FoundWorkers {
  const programs = new Map<string, WorkerProgram>();
  const problems: string[] = [];
  const seen = new Set<string>();
  const take = (folder: string, ofProject = false): void => {
    try {
      const real = realpathSync(folder);
      if (seen.has(real)) return;
      seen.add(real);
      const program = readWorkerPackage(real);
      if (program === undefined || program.name === managerName || programs.has(program.name)) return;
      programs.set(program.name, ofProject ? { ...program, enabled: false } : program);
    } catch (error) {
      problems.push(`cannot use the worker package ${folder}: ${messageOf(error)}`);
    }
  };
  const look = (place: string, folders: () => readonly string[], ofProject = false): void => {
    try {
      for (const folder of folders()) take(folder, ofProject);
    } catch (error) {
      problems.push(`cannot look for worker packages in ${place}: ${messageOf(error)}`);
    }
  };
  for (const place of named) look(place, () => namedPackages(place));
  look(path.dirname(home), () => packagesIn(path.dirname(home)));
  look("the dependencies of @vj/cli", () => dependenciesOfCli(home));
  if (project !== undefined) look(project, () => dependenciesOf(project, true), true);
  return { programs, problems };
}

/**
 * The nearest package, from `folder` upwards, if a worker that is not found otherwise is among its direct dependencies: then it is the
 * user's project. Undefined when there is none.
 */
export function findProject(folder: string, home = homeFolder): string | undefined {
  const project = nearestPackage(folder);
  if (project === undefined) return undefined;
  const { programs } = findWorkers({ named: [], home, project });
  const known = findWorkers({ named: [], home }).programs;
  return programs.size > known.size ? project : undefined;
}

function isWorker(folder: string): boolean {
  try {
    return readWorkerPackage(folder) !== undefined;
  } catch {
    // One that cannot be used is to be reported by whoever uses it.
    return true;
  }
}

/** A place that the user names is a worker package, or a folder of packages. */
function namedPackages(place: string): string[] {
  if (!existsSync(place)) throw new Error(`${place} does not exist`);
  // One that declares no worker may still be the root of a repository with packages in it.
  if (hasManifest(place) && isWorker(place)) return [place];
  const inside = packagesIn(place);
  if (inside.length === 0) throw new Error(`it is neither a worker package ("vj": {"worker": "<name>"} in its package.json) nor a folder of packages`);
  return inside;
}

/** With isolated or nested node_modules the workers are not beside this package, but `@vj/cli` still reaches them. */
function dependenciesOfCli(home: string): string[] {
  const cli = resolvePackage("@vj/cli", home);
  return cli === undefined ? [] : dependenciesOf(cli, false);
}
