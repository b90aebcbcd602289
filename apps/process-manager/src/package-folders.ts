import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
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

/** The table of Yarn's Plug'n'Play: packages lie in archives, and no folder lists them. */
interface PackageTable {
  /** The folder of a package, as `issuer` sees it. @throws Error when `issuer` may not use it */
  resolveToUnqualified(name: string, issuer: string): string | null;
}

const tableSchema = z.object({ resolveToUnqualified: z.custom<PackageTable["resolveToUnqualified"]>((value) => typeof value === "function") });

/** Undefined in a process that has none, which is the usual case. */
function packageTable(): PackageTable | undefined {
  return process.versions["pnp"] === undefined ? undefined : tableSchema.parse(createRequire(import.meta.url)("pnpapi"));
}

/**
 * The folder of a package as resolved from `from`, without the extra places that `require` also searches.
 * @param table asked where no `node_modules` has the package
 */
export function resolvePackage(name: string, from: string, table = packageTable()): string | undefined {
  return inFolders(name, from) ?? inTable(name, from, table);
}

function inFolders(name: string, from: string): string | undefined {
  const folder = path.join(from, "node_modules", name);
  if (hasManifest(folder)) return realpathSync(folder);
  const parent = path.dirname(from);
  return parent === from ? undefined : inFolders(name, parent);
}

function inTable(name: string, from: string, table: PackageTable | undefined): string | undefined {
  try {
    return table?.resolveToUnqualified(name, `${from}/`) ?? undefined;
  } catch {
    // Not installed, or not for this package: as where no folder has it.
    return undefined;
  }
}
