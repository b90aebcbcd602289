import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { afterUs } from "../../scripts/after-us.mjs";
import { pnpmCommand } from "../../scripts/pnpm.mjs";

/**
 * A built checkout to compare with.
 * @typedef {{ readonly root: string, remove(): void }} Checkout
 */

/**
 * A folder is used as it is; for a commit a work tree is created, installed and built in /tmp.
 * @param {string} name a folder with a built checkout, or a commit of this one
 * @returns {Checkout}
 * @throws Error when it is neither, or cannot be built
 */
export function openCheckout(name) {
  if (existsSync(path.join(name, "packages"))) return { root: path.resolve(name), remove: () => {} };
  const folder = mkdtempSync("/tmp/vj-before-");
  const root = path.join(folder, "checkout");
  const isRemoved = afterUs('git worktree remove --force "$1/checkout"; rm -rf "$1"', folder);
  run(process.cwd(), "git", "worktree", "add", "--quiet", "--detach", root, name);
  const remove = () => {
    run(process.cwd(), "git", "worktree", "remove", "--force", root);
    rmSync(folder, { recursive: true, force: true });
    isRemoved();
  };
  try {
    // Native parts are not measured.
    pnpm(root, "install", "--frozen-lockfile", "--prefer-offline", "--ignore-scripts");
    pnpm(root, "exec", "turbo", "run", "build", "--output-logs=errors-only");
    return { root, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** @param {string} cwd @param {string[]} args */
function pnpm(cwd, ...args) {
  const [program, ...first] = pnpmCommand(process.env);
  run(cwd, program, ...first, ...args);
}

/** @param {string} cwd @param {string} command @param {string[]} args */
function run(cwd, command, ...args) {
  // Their output is not a result: standard output is for the table.
  execFileSync(command, args, { cwd, env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" }, stdio: ["ignore", process.stderr, process.stderr] });
}
