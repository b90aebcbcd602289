// The programs that ours are compared with. `pnpm bench --install` fetches them; without them the benches run and name what is missing.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { installed } from "../scripts/report.mjs";

const folder = path.resolve(import.meta.dirname, "../node_modules/.cache/vj-bench");
/**
 * Exact versions: figures can be compared, and node-ipc 9.2.1 is the last of its line without the code that writes files for a protest.
 * No install scripts run; zeromq brings its binaries.
 */
const packages = { pm2: "7.0.4", "vscode-jsonrpc": "9.0.3", "node-ipc": "9.2.1", zeromq: "6.8.0" };
/** Program to Debian package. */
const programs = { supervisord: "supervisor", oscdump: "liblo-tools" };

/** Installs what is missing, as far as this machine allows. @param {(line: string) => void} print */
export function installRivals(print) {
  if (missingPackages().length > 0) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), '{ "private": true }\n');
    const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
    attempt(print, "npm", ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...wanted]);
  }
  const debian = Object.entries(programs).filter(([program]) => !installed(program)).map(([, name]) => name);
  // A fresh machine or container has no lists of packages.
  if (debian.length > 0 && installed("apt-get")) for (const args of [["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", ...debian]]) attempt(print, "apt-get", args);
}

/** @param {(line: string) => void} print @param {string} command @param {string[]} args */
function attempt(print, command, args) {
  print(`${command} ${args.join(" ")}`);
  try {
    execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  } catch {
    print(`${command} failed: the rivals that it would have brought are left out`);
  }
}

/** Names of the rivals that are not there. */
export const missingRivals = () => [...missingPackages(), ...Object.keys(programs).filter((name) => !installed(name))];

const missingPackages = () => Object.keys(packages).filter((name) => !existsSync(path.join(folder, "node_modules", name, "package.json")));

/** A rival's module, undefined where it is not installed. @param {keyof typeof packages} name @returns {unknown} */
export function rivalModule(name) {
  return missingPackages().includes(name) ? undefined : createRequire(path.join(folder, "package.json"))(name === "vscode-jsonrpc" ? "vscode-jsonrpc/node" : name);
}

/** The path of a rival's program, undefined where it is not installed. @param {"pm2" | keyof typeof programs} name */
export function rivalProgram(name) {
  const own = path.join(folder, "node_modules/.bin", name);
  return existsSync(own) ? own : installed(name) ? name : undefined;
}
