// Cleaning up after a process that was interrupted: most scripts wait for programs, and so cannot answer a signal themselves.
import { spawn } from "node:child_process";

/**
 * Runs a line of the shell once this process has ended, by Ctrl-C or a kill too.
 * @param {string} line `$1` … are the arguments
 * @param {...string} args
 * @returns {() => void} takes it back
 */
export function afterUs(line, ...args) {
  // Its input ends with us. A session of its own, so that Ctrl-C does not reach it.
  const shell = spawn("sh", ["-c", `cat >/dev/null; ${line}`, "sh", ...args], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  shell.unref();
  return () => void shell.kill();
}

/**
 * Ends a rig and removes its folder once this process has ended, see {@link afterUs}.
 * @param {string} folder with the bus directory `bus`
 * @param {string} vj the program
 * @returns {() => void} takes it back
 */
export const endRigAfterUs = (folder, vj) => afterUs('VJ_BUS_DIR="$1/bus" "$2" "$3" down >/dev/null 2>&1; rm -rf "$1"', folder, process.execPath, vj);
