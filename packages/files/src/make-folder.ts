import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { systemErrorCode } from "./kind.ts";

/**
 * Creates a directory (0700) and those above it, unless it is there. Node's own `recursive` tries for ever where the
 * system lets nobody create one, for example in /proc.
 * @throws the error of the file system; `EEXIST` when something else is in its place, also a link that leads nowhere.
 */
export function makeFolder(dir: string): void {
  const whole = path.resolve(dir);
  if (isFolder(whole)) return;
  const parent = path.dirname(whole);
  if (parent !== whole) makeFolder(parent);
  try {
    mkdirSync(whole, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (systemErrorCode(error) !== "EEXIST" || !isFolder(whole)) throw error;
  }
}

function isFolder(dir: string): boolean {
  return statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true;
}
