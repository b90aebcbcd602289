// What an installation of a package brings along, by the lockfile: read from node_modules of the checkout.
import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { wholeLicence } from "./contained.mjs";

const words = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.unknown().optional(), licenses: z.unknown().optional(), dependencies: words, optionalDependencies: words });
/** @typedef {{ name: string, version: string, licence: string, folder: string, optional: boolean }} Installed `optional`: it is left out with `--omit=optional` */

/**
 * All foreign packages that a package needs, itself and ours left out, by name.
 * @param {string} folder of the package
 * @returns {Installed[]}
 * @throws Error when a package that is needed is not installed
 */
export function installedWith(folder) {
  /** @type {Map<string, Installed>} */
  const found = new Map();
  /** @param {string} from @param {boolean} optional */
  const visit = (from, optional) => {
    const { name, version, license, licenses, dependencies, optionalDependencies } = manifestSchema.parse(JSON.parse(readFileSync(path.join(from, "package.json"), "utf8")));
    const before = found.get(from);
    if (before !== undefined && (optional || !before.optional)) return;
    found.set(from, { name, version, licence: wholeLicence(name, licenceOf(license ?? licenses)), folder: from, optional });
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const may = optional || Object.hasOwn(optionalDependencies, dependency);
      const to = find(from, dependency);
      if (to !== undefined) visit(to, may);
      else if (!may) throw new Error(`${name} needs ${dependency}, which is not installed: run pnpm install`);
    }
  };
  visit(realpathSync(folder), false);
  return [...found.values()].filter(({ name }) => !name.startsWith("@vj/")).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folder of a dependency, as Node finds it. @param {string} from @param {string} name */
function find(from, name) {
  for (let folder = from; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const place = path.join(folder, "node_modules", name);
    if (existsSync(path.join(place, "package.json"))) return realpathSync(place);
  }
  return undefined;
}

/** The licence in words, also from the older forms. @param {unknown} value of `license` or `licenses` @returns {string} */
export function licenceOf(value) {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(licenceOf).join(" OR ");
  const { type } = z.object({ type: z.string().default("not named") }).parse(value ?? {});
  return type;
}

/** Bytes of all files of a package, those of packages inside it left out. @param {string} folder @returns {number} */
export function bytesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === "build" ? sum : sum + bytesOf(file);
    return entry.isFile() ? sum + statSync(file).size : sum;
  }, 0);
}
