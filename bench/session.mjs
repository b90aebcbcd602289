// What a run of the benches leaves behind: nothing. Folders made here are removed, and every process started from here on is ended, also
// when the run is interrupted or killed.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { afterUs } from "../scripts/after-us.mjs";
import { endMarked } from "./end-marked.mjs";

const variable = "VJ_BENCH_RUN";
/** @type {{ folder: string, isRemoved: () => void }[]} */
const folders = [];

/** Whether the run is short: to see that every bench works, not what it measures. */
export const isQuick = process.argv.includes("--quick");

/** Whether the benches that can take a whole night do. */
export const isNight = process.argv.includes("--night");

/** One of two numbers of rounds or seconds. @param {number} full @param {number} short */
export const runs = (full, short) => (isQuick ? short : full);

/** Marks all processes that are started from now on, through their environment. */
export function beginSession() {
  process.env[variable] = randomUUID();
}

/** A new folder for one bench; the path is short, as sockets need it. @param {string} prefix */
export function scratch(prefix) {
  const folder = mkdtempSync(prefix);
  folders.push({ folder, isRemoved: guard(folder) });
  return folder;
}

/** Cleans up after a kill -9. @param {string} folder */
function guard(folder) {
  const id = process.env[variable];
  if (id === undefined) return afterUs('rm -rf "$1"', folder);
  // What ends the marked processes is not one of them.
  delete process.env[variable];
  const isRemoved = afterUs('"$1" "$2" "$3"; rm -rf "$4"', process.execPath, path.join(import.meta.dirname, "end-marked.mjs"), `${variable}=${id}`, folder);
  process.env[variable] = id;
  return isRemoved;
}

/** Ends what is left of the run, on Linux also programs that have left our process group, and removes its folders. */
export function endSession() {
  const id = process.env[variable];
  if (id !== undefined) endMarked(`${variable}=${id}`);
  for (const { folder, isRemoved } of folders) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    isRemoved();
  }
}
