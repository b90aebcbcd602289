// What a run of the benches leaves behind: nothing. Folders made here are removed, and every process started from here on is ended, also
// when a person interrupts the run.
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";

const variable = "VJ_BENCH_RUN";
/** @type {string[]} */
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
  folders.push(folder);
  return folder;
}

/** Ends what is left of the run, on Linux also programs that have left our process group, and removes its folders. */
export function endSession() {
  for (const pid of marked()) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function marked() {
  const mark = `${variable}=${process.env[variable]}`;
  if (process.env[variable] === undefined || !existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => pid !== process.pid && environmentOf(pid).includes(mark));
}

/** @param {number} pid */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
  } catch {
    return [];
  }
}
