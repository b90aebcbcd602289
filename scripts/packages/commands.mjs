// Runs programs for the checks of the packages, and counts what went wrong.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { pnpmCommand } from "../pnpm.mjs";

/**
 * Makes a {@link run} with another limit.
 * @param {number} limitMs the program is killed after this time
 * @returns {(command: string, args: readonly string[], cwd: string, env?: Readonly<Record<string, string>>) => string}
 */
export const runWithin = (limitMs) => (command, args, cwd, env = {}) => {
  const whole = { ...process.env, ...env };
  try {
    return execFileSync(command, args, { cwd, env: whole, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8", timeout: limitMs, killSignal: "SIGKILL", maxBuffer: 64 * 1_048_576 });
  } catch (error) {
    if (Object(error).code !== "ENOENT" || !existsSync(cwd)) throw error;
    if (command !== "pnpm") throw new Error(`${command} is not installed`, { cause: error });
    const [program, ...first] = pnpmCommand(whole);
    return runWithin(limitMs)(program, [...first, ...args], cwd, env);
  }
};

/** Runs a program and returns what it printed; throws when it is not installed, fails, or runs over five minutes (`ETIMEDOUT`). pnpm needs not be in the search path. */
export const run = runWithin(300_000);

/** Output of a failed program, and the reason of the failure. @param {unknown} error */
export function outputOf(error) {
  const { message, stdout, stderr } = Object(error);
  return [message, stdout, stderr].filter(Boolean).join("\n");
}

/** A list of checks: each prints a line when it has run, and the faults are counted. */
export function createChecks() {
  /** @type {string[]} */
  const faults = [];
  let passed = 0;
  return {
    faults,
    /** How many went well. */
    get passed() {
      return passed;
    },
    /** @param {string} what @param {() => unknown} action @returns {boolean} whether it went well */
    attempt(what, action) {
      const began = performance.now();
      try {
        action();
        passed += 1;
        console.log(`ok    ${what} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
        return true;
      } catch (error) {
        faults.push(what);
        console.error(`FAIL  ${what}\n${outputOf(error)}`);
        return false;
      }
    },
    /** Prints the sum. @param {string} what was checked @returns {number} the exit code */
    finish(what) {
      console.log(faults.length === 0 ? `\n${what}, no faults` : `\nfaults, ${faults.length}:\n${faults.join("\n")}`);
      return faults.length === 0 ? 0 : 1;
    },
  };
}
/** @typedef {ReturnType<typeof createChecks>} Checks */
