import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Compiled, also for a test, whose own modules are sources. */
const remover = fileURLToPath(new URL("../dist/rig-remover.js", import.meta.url));

/**
 * Removes a rig and its folder, see `remove-rig`, once this process has ended: also by a kill -9, or by a second Ctrl-C. As
 * `scripts/after-us.mjs` does for what is not compiled.
 * @returns takes it back
 */
export const removeAfterUs = (dir: string): (() => void) => afterUs('exec "$1" "$2" "$3"', process.execPath, remover, dir);

/** Asks a process to end once this one has ended. @returns takes it back */
export const endAfterUs = (pid: number): (() => void) => afterUs('kill "$1"', String(pid));

function afterUs(line: string, ...args: string[]): () => void {
  // Its input ends with us. A session of its own, so that neither Ctrl-C nor the end of the terminal reaches it.
  const shell = spawn("sh", ["-c", `cat >/dev/null; ${line}`, "sh", ...args], { stdio: ["pipe", "ignore", "ignore"], detached: true, cwd: "/" });
  shell.unref();
  return () => void shell.kill();
}
