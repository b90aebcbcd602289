import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** A package of the checkout. */
export interface SourcePackage {
  readonly name: string;
  readonly folder: string;
  /** Names of its run-time dependencies, in the checkout or not. */
  readonly dependencies: readonly string[];
  /** The worker in this package, if any. */
  readonly worker: string | undefined;
}

const manifestSchema = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  vj: z.object({ worker: z.string() }).optional(),
});

/** The packages below `packages/` and `apps/`. @throws Error when one has a package.json that cannot be read. */
export function readPackages(root: string): SourcePackage[] {
  return ["packages", "apps"]
    .map((top) => path.join(root, top))
    .flatMap((top) => (existsSync(top) ? readdirSync(top).map((folder) => path.join(top, folder)) : []))
    .filter((folder) => existsSync(path.join(folder, "package.json")))
    .map((folder) => {
      const { name, dependencies, vj } = manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")));
      return { name, folder, dependencies: Object.keys(dependencies), worker: vj?.worker };
    });
}

/** The packages affected by a change: the changed ones and all that depend on them, directly or indirectly. */
export function reachedBy(changed: ReadonlySet<string>, packages: readonly SourcePackage[]): SourcePackage[] {
  const reached = new Set(changed);
  let before: number;
  do {
    before = reached.size;
    for (const { name, dependencies } of packages) if (dependencies.some((other) => reached.has(other))) reached.add(name);
  } while (reached.size > before);
  return packages.filter(({ name }) => reached.has(name));
}
