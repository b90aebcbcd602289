import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { readText } from "@vj/files";
import { z } from "zod";

/**
 * The folders directly in `folder` that contain a package, including those below a scope (`@x`), sorted. @throws Error
 * when it cannot be read
 */
export function packagesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((entry) => {
      const inside = path.join(folder, entry);
      if (hasManifest(inside)) return [inside];
      return entry.startsWith("@") && statSync(inside, { throwIfNoEntry: false })?.isDirectory() === true ? packagesIn(inside) : [];
    });
}

/** Whether this folder contains a package.json. */
export function hasManifest(folder: string): boolean {
  return existsSync(path.join(folder, "package.json"));
}

/** The nearest folder, from `folder` upwards, that contains a package.json; undefined when there is none. */
export function nearestPackage(folder: string): string | undefined {
  if (hasManifest(folder)) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}

const dependencies = z.record(z.string(), z.unknown()).default({});
const manifestSchema = z.object({ dependencies, optionalDependencies: dependencies, devDependencies: dependencies });

/**
 * The folders of the packages that a package depends on directly, if they are installed.
 * @param development include its development dependencies
 * @throws Error when its package.json cannot be read
 */
export function dependenciesOf(folder: string, development: boolean): string[] {
  const manifest = manifestSchema.parse(JSON.parse(readText(path.join(folder, "package.json"), { anyOwner: true }) ?? "{}"));
  const names = { ...manifest.dependencies, ...manifest.optionalDependencies, ...(development ? manifest.devDependencies : {}) };
  return Object.keys(names)
    .map((name) => resolvePackage(name, folder))
    .filter((found) => found !== undefined);
}

/** The folder of a package as resolved from `from`, without the extra places that `require` also searches. */
export function resolvePackage(name: string, from: string): string | undefined {
  const folder = path.join(from, "node_modules", name);
  if (hasManifest(folder)) return realpathSync(folder);
  const parent = path.dirname(from);
  return parent === from ? undefined : resolvePackage(name, parent);
}
