import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "@vj/control";
import { readText } from "@vj/files";
import { managerName } from "@vj/schema";
import { z } from "zod";
import { readWorkerPackage } from "./worker-package.ts";
import type { WorkerProgram } from "./worker-package.ts";

/** What was found; a package that cannot be used is a problem to report, never a reason to do without the others. */
export interface FoundWorkers {
  readonly programs: ReadonlyMap<string, WorkerProgram>;
  readonly problems: readonly string[];
}

/** Where to look. */
export interface WorkerPlaces {
  /** Package folders named by the user; they come first, so that they can replace a worker of the same name. */
  readonly named: readonly string[];
  /** This package: workers are looked for in the folders beside it, and among the dependencies of `@vj/cli`. */
  readonly home?: string;
}

/** The folder of this package, whether it runs from `src` or from `dist`. */
export const homeFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Finds the worker programs that can be started. A worker says so in its own package.json, so there is no list to edit:
 * in a checkout they are the apps beside this one, in an installation the packages beside it and what `@vj/cli` depends on.
 */
export function findWorkers({ named, home = homeFolder }: WorkerPlaces): FoundWorkers {
  const programs = new Map<string, WorkerProgram>();
  const problems: string[] = [];
  const seen = new Set<string>();
  const take = (folder: string): void => {
    try {
      const real = realpathSync(folder);
      if (seen.has(real)) return;
      seen.add(real);
      const program = readWorkerPackage(real);
      if (program !== undefined && program.name !== managerName && !programs.has(program.name)) programs.set(program.name, program);
    } catch (error) {
      problems.push(`cannot use the worker package ${folder}: ${messageOf(error)}`);
    }
  };
  const places = [() => named, () => neighbours(home), () => dependenciesOfCli(home)];
  for (const place of places) {
    try {
      for (const folder of place()) take(folder);
    } catch (error) {
      problems.push(`cannot look for worker packages: ${messageOf(error)}`);
    }
  }
  return { programs, problems };
}

function neighbours(home: string): string[] {
  const parent = path.dirname(home);
  return readdirSync(parent)
    .sort()
    .map((entry) => path.join(parent, entry))
    .filter((folder) => existsSync(path.join(folder, "package.json")));
}

const dependenciesSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/** With isolated or nested node_modules the workers are not beside this package, but `@vj/cli` still reaches them. */
function dependenciesOfCli(home: string): string[] {
  const manifest = resolveManifest("@vj/cli", home);
  if (manifest === undefined) return [];
  const { dependencies } = dependenciesSchema.parse(JSON.parse(readText(manifest, { anyOwner: true }) ?? "{}"));
  return Object.keys(dependencies)
    .filter((name) => name.startsWith("@vj/"))
    .map((name) => resolveManifest(name, path.dirname(manifest)))
    .filter((file) => file !== undefined)
    .map((file) => path.dirname(file));
}

/** The package.json of a package as code in `from` would get it, without the extra places that `require` also looks at. */
function resolveManifest(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "node_modules", name, "package.json");
    if (existsSync(file)) return realpathSync(file);
    if (folder === path.dirname(folder)) return undefined;
  }
}
