import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { killRig } from "./processes.ts";

/** Contains the bus directory of the rig in a folder; a small file system may be mounted here. */
export const busParentOf = (dir: string): string => path.join(dir, "b");

/** The bus directory of the rig in a folder. */
export const busDirOf = (dir: string): string => path.join(busParentOf(dir), "bus");

/** Whether a file system is mounted at a folder. */
export function isMountPoint(dir: string): boolean {
  return existsSync("/proc/mounts") && readFileSync("/proc/mounts", "utf8").includes(` ${dir} `);
}

/** Kills what runs of the rig in a folder, unmounts what is mounted there, and removes the folder. */
export function removeRig(dir: string): void {
  killRig(busDirOf(dir));
  if (isMountPoint(busParentOf(dir))) execFileSync("umount", ["-l", busParentOf(dir)]);
  rmSync(dir, { recursive: true, force: true });
}
