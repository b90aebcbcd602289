import { existsSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@vj/schema";
import { AlreadyRunningError, ControlError, systemErrorCode } from "./errors.ts";

/** The right to be the one process of a name, for as long as this process lives. */
export interface NameClaim {
  /** Whether the claim's file is still there; it goes with the bus directory. */
  intact(): boolean;
  release(): void;
}

interface Lock {
  file: string;
  pid: number;
  start: number;
}

const pollMs = 5;
// Two starters decide within milliseconds; longer means that the other one froze half-way, and it comes first.
const undecidedMs = 1000;

/**
 * Becomes the one process of `name` in `dir`, or finds out who is. Exactly one of any number of simultaneous starters
 * wins, and a claim dies with its process, however it dies.
 *
 * Each starter writes a lock file of its own (name, pid, start time) and only then looks for others, so of two starters
 * at least one sees the other. A lock that says `held` has won. Of undecided ones the lowest pid stays, the others
 * withdraw. Locks of dead processes are removed; as names are never used twice, nobody's fresh lock can be hit.
 * @throws AlreadyRunningError when another live process has or gets the name.
 */
export async function claimName(dir: string, name: string): Promise<NameClaim> {
  const own = { pid: process.pid, start: startTime(process.pid) ?? 0 };
  const file = path.join(dir, `${name}.${own.pid}.${own.start}.lock`);
  const release = (): void => unlinkIfThere(file);

  writeLock(file, "starting", name);
  const end = performance.now() + undecidedMs;
  for (;;) {
    const rivals = liveRivals(dir, name, file);
    if (rivals.length === 0) break;
    const first = rivals.find((rival) => isHeld(rival.file)) ?? rivals.find((rival) => comesBefore(rival, own));
    if (first !== undefined || performance.now() > end) {
      release();
      const rival = (first ?? rivals[0])?.pid;
      throw new AlreadyRunningError(name, (await winner(() => liveRivals(dir, name, file), end)) ?? rival);
    }
    await delay(pollMs);
  }
  writeFileSync(file, "held");
  return { intact: () => readLock(file) !== undefined, release };
}

/** Of several undecided rivals, one that gave way itself is no help to a person: waits until one of them has won. */
async function winner(rivals: () => Lock[], end: number): Promise<number | undefined> {
  for (;;) {
    const undecided = rivals();
    const held = undecided.find((rival) => isHeld(rival.file));
    if (held !== undefined || undecided.length === 0 || performance.now() > end) return held?.pid;
    await delay(pollMs);
  }
}

function writeLock(file: string, content: string, name: string): void {
  try {
    writeFileSync(file, content, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw new AlreadyRunningError(name, process.pid);
    throw new ControlError("directory", `cannot write the lock file ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function liveRivals(dir: string, name: string, own: string): Lock[] {
  const rivals: Lock[] = [];
  for (const entry of readdirSync(dir)) {
    const lock = parseLock(dir, entry, name);
    if (lock === undefined || lock.file === own) continue;
    if (isSameProcess(lock)) rivals.push(lock);
    else unlinkIfThere(lock.file);
  }
  return rivals;
}

function parseLock(dir: string, entry: string, name: string): Lock | undefined {
  if (!entry.startsWith(`${name}.`)) return undefined;
  const match = /^\.(\d+)\.(\d+)\.lock$/.exec(entry.slice(name.length));
  return match === null ? undefined : { file: path.join(dir, entry), pid: Number(match[1]), start: Number(match[2]) };
}

function comesBefore(a: { pid: number; start: number }, b: { pid: number; start: number }): boolean {
  return a.pid !== b.pid ? a.pid < b.pid : a.start < b.start;
}

function isHeld(file: string): boolean {
  return readLock(file) === "held";
}

function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
  }
}

/** Whether the process that wrote the lock still runs; a pid that went to another process does not count. */
function isSameProcess(lock: Lock): boolean {
  if (!isProcessAlive(lock.pid)) return false;
  const start = startTime(lock.pid);
  return start === undefined || lock.start === 0 || start === lock.start;
}

/**
 * The process that holds `name`, also when it hangs and answers nobody; undefined when there is none, or when this system
 * cannot tell the process that wrote the lock from a later one of the same pid.
 * @throws Error when the directory cannot be read.
 */
export function nameOwner(dir: string, name: string): number | undefined {
  if (!existsSync(dir)) return undefined;
  return readdirSync(dir)
    .map((entry) => parseLock(dir, entry, name))
    .find((lock) => lock !== undefined && lock.start !== 0 && lock.start === startTime(lock.pid) && isProcessAlive(lock.pid))?.pid;
}

/** Whether a process runs. One that ended and only waits to be collected by its parent does not. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
  const state = procStat(pid)?.[0];
  return state !== "Z" && state !== "X";
}

/** When a process started, in clock ticks since boot; undefined where the system has no /proc. */
function startTime(pid: number): number | undefined {
  const ticks = procStat(pid)?.[19];
  return ticks === undefined ? undefined : Number(ticks);
}

/** Fields of /proc/PID/stat from the third (state) on: the second, the command, may hold spaces and brackets. */
function procStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    // Not Linux, or the process has just ended: whether it lives is then known from the signal alone.
    return undefined;
  }
}
