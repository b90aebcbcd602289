// The packages of the workspace that are published.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

export const root = path.resolve(import.meta.dirname, "../..");

const words = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
  license: z.string().optional(),
  bin: words,
  exports: z.record(z.string(), z.unknown()).default({}),
  dependencies: words,
  optionalDependencies: words,
});
/** @typedef {{ name: string, dir: string, kind: "packages" | "apps", manifest: z.output<typeof manifestSchema> }} Package */

/** All of them, each behind those that it depends on. @returns {Package[]} */
export function publishedPackages() {
  const all = /** @type {const} */ (["packages", "apps"])
    .flatMap((kind) => readdirSync(path.join(root, kind)).map((folder) => ({ kind, dir: path.join(root, kind, folder) })))
    .map(({ kind, dir }) => ({ kind, dir, manifest: manifestSchema.parse(JSON.parse(readFileSync(path.join(dir, "package.json"), "utf8"))) }))
    .filter(({ manifest }) => !manifest.private)
    .map((one) => ({ ...one, name: one.manifest.name }));
  return all.map(({ name }) => name).flatMap((name) => closureOf(name, all)).filter((one, at, list) => list.indexOf(one) === at);
}

/**
 * A package and all packages of ours that it depends on, each behind its own.
 * @param {string} name
 * @param {readonly Package[]} all
 * @returns {Package[]}
 */
export function closureOf(name, all) {
  const found = all.find((one) => one.name === name);
  if (found === undefined) return [];
  return [...new Set([...Object.keys(found.manifest.dependencies).flatMap((dependency) => closureOf(dependency, all)), found])];
}

/** The file that `pnpm pack` makes. @param {Package} one @param {string} folder */
export const tarballOf = ({ name, manifest }, folder) => path.join(folder, `${name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`);
