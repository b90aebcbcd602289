import { existsSync, readFileSync, readdirSync } from "node:fs";
import type { TempDir } from "./temp-dir.ts";

/**
 * Kills every process whose environment has this directory as its bus, including those left behind by a worker that was
 * killed during its start. Call it at the end of a scope, after the rig was asked to stop. Linux only: elsewhere the
 * environment of a process cannot be read, and nothing is killed.
 */
export function killProcesses(dir: TempDir): void {
  if (!existsSync("/proc/self/environ")) return;
  const mark = `VJ_BUS_DIR=${dir.join("bus")}`;
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    try {
      if (readFileSync(`/proc/${entry}/environ`, "latin1").split("\0").includes(mark)) process.kill(Number(entry), "SIGKILL");
    } catch {
      // The process has ended, or belongs to another user.
    }
  }
}
