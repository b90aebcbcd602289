import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { managerName, messageOf, shorten } from "@vj/schema";
import { dependenciesOf, hasManifest, nearestPackage, packagesIn, resolvePackage } from "./package-folders.ts";
import { readWorkerPackage } from "./worker-package.ts";
import type { WorkerProgram } from "./worker-package.ts";

/** A long path or reason is shortened to this many characters. */
const shownPath = 200;

/** Packages found. An unusable package is a problem to report and does not keep the others from being used. */
export interface FoundWorkers {
  readonly programs: ReadonlyMap<string, WorkerProgram>;
  readonly problems: readonly string[];
}

/** Places to search, in this order: the first worker of a name is used. */
export interface WorkerPlaces {
  /** Packages, and folders of packages, named by the user. */
  readonly named: readonly string[];
  /** This package: workers are searched in the folders beside it, and among the dependencies of `@vj/cli`. */
  readonly home?: string;
  /** The user's project: workers among its direct dependencies are off until they are started or enabled. */
  readonly project?: string | undefined;
}

/** Which of the {@link WorkerPlaces} a package lies in. */
type Origin = keyof WorkerPlaces;

/** The folder of this package, whether it runs from `src` or from `dist`. */
export const homeFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Finds the worker programs that can be started. A worker package declares itself in its package.json, so there is no
 * list to edit. In a checkout they are the apps beside this one; in an installation, the packages beside it and the
 * dependencies of `@vj/cli` and of the user's project.
 */
export function findWorkers({ named, home = homeFolder, project }: WorkerPlaces): FoundWorkers {
  const programs = new Map<string, WorkerProgram>();
  const problems: string[] = [];
  const seen = new Set<string>();
  const take = (folder: string, from: Origin): void => {
    try {
      const real = realpathSync(folder);
      if (seen.has(real)) return;
      seen.add(real);
      const program = readWorkerPackage(real);
      if (program === undefined || program.name === managerName) return;
      const known = programs.get(program.name);
      if (known === undefined) programs.set(program.name, from === "project" ? { ...program, enabled: false } : program);
      // A package that a person named must not be left out silently.
      else if (from === "named") throw new Error(`vj.worker: ${known.folder} has the name ${program.name} already: choose another one`);
    } catch (error) {
      problems.push(`cannot use the worker package ${folder}: ${messageOf(error)}`);
    }
  };
  const look = (place: string, from: Origin, folders: () => readonly string[]): void => {
    try {
      for (const folder of folders()) take(folder, from);
    } catch (error) {
      problems.push(`cannot search for worker packages in ${shorten(place, shownPath)}: ${shorten(messageOf(error), shownPath)}`);
    }
  };
  for (const place of named) look(place, "named", () => namedPackages(place));
  look(path.dirname(home), "home", () => packagesIn(path.dirname(home)));
  look("the dependencies of @vj/cli", "home", () => dependenciesOfCli(home));
  if (project !== undefined) look(project, "project", () => dependenciesOf(project, true));
  return { programs, problems };
}

/**
 * The user's project: the nearest package, from `folder` upwards, with a direct dependency on a worker that is not found
 * otherwise. Undefined when there is none.
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
    // An unusable package is reported when it is used.
    return true;
  }
}

/** The packages in a place named by the user: a worker package, or a folder of packages. */
function namedPackages(place: string): string[] {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) throw new Error("it does not exist");
  if (!found.isDirectory()) throw new Error("it is not a directory: name a package, or a folder of packages");
  // A package without a worker may still be the root of a repository with packages in it.
  if (hasManifest(place) && isWorker(place)) return [place];
  const inside = packagesIn(place);
  if (inside.length === 0) throw new Error(`it is neither a worker package ("vj": {"worker": "<name>"} in its package.json) nor a folder of packages`);
  return inside;
}

/** With isolated or nested node_modules the workers are not beside this package, but can be found through `@vj/cli`. */
function dependenciesOfCli(home: string): string[] {
  const cli = resolvePackage("@vj/cli", home);
  return cli === undefined ? [] : dependenciesOf(cli, false);
}
