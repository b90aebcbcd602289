import { readFileSync, readdirSync } from "node:fs";
import { identify, sendSignal } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";

/** A process of the rig under test. */
export interface RigProcess extends ProcessIdentity {
  /** Worker name from its title or program; undefined for helpers such as a capture child. */
  name: string | undefined;
  command: string;
  /** `R`, `S`, `T` (stopped), `Z` … */
  state: string;
}

/** Every process started for this bus directory, found by its environment. Linux only: it reads /proc. */
export function rigProcesses(busDir: string): RigProcess[] {
  const marker = `VJ_BUS_DIR=${busDir}`;
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((entry) => describe(Number(entry), marker))
    .filter((found) => found !== undefined);
}

/** Kills every process of the rig, and those that a manager starts meanwhile. */
export function killRig(busDir: string): void {
  for (let found = rigProcesses(busDir); found.length > 0; found = rigProcesses(busDir)) {
    for (const identity of found) sendSignal(identity, "SIGKILL");
  }
}

function describe(pid: number, marker: string): RigProcess | undefined {
  try {
    const identity = identify(pid);
    if (!readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(marker)) return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
    // Read first and last: if equal, the values in between belong to this process.
    if (state === "Z" || identity === undefined || identify(pid)?.start !== identity.start) return undefined;
    return { ...identity, name: workerName(command), command, state };
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}

/** `vj audio_analyzer`, or `node …/apps/audio-analyzer/bin/audio-analyzer.js` before it has set its title. */
export function workerName(command: string): string | undefined {
  const title = /^vj ([a-z][a-z0-9_]*)(?: \(.*)?$/.exec(command);
  if (title !== null) return title[1];
  const program = /\/([a-z][a-z0-9-]*)\/bin\/\1\.js(?: |$)/.exec(command);
  return program?.[1]?.replaceAll("-", "_");
}
