import path from "node:path";
import { pathToFileURL } from "node:url";
import { report } from "../child-report.mjs";

/** The checkout that this process measures: its only argument. */
export const root = path.resolve(process.argv[2] ?? ".");

/** A package of that checkout, as built. @param {string} name without its scope */
export const load = (name) => import(pathToFileURL(path.join(root, "packages", name, "dist/index.js")).href);

/** Reports the figure to the comparing process, and ends. @param {number} value */
export function finish(value) {
  report(value);
  process.exit(0);
}
