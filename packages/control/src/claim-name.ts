import { unlinkSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@vj/schema";
import { AlreadyRunningError, ControlError, systemErrorCode } from "./errors.ts";
import { isLive, locksIn, readLock, removeStale, writeLock } from "./lock-files.ts";
import type { Lock } from "./lock-files.ts";
import { identify } from "./process/identity.ts";

/** The right to be the one process of a name, for as long as this process lives. */
export interface NameClaim {
  /** Whether the claim's file is still there; it goes with the bus directory. */
  intact(): boolean;
  release(): void;
}

/** Locks written by this process. A file of the same name that it did not write is from an earlier boot. */
const ownLocks = new Set<string>();

const pollMs = 5;
// Two starters decide within milliseconds. If it takes longer, the other one froze half-way; it keeps its precedence.
const undecidedMs = 1000;

/**
 * Claims `name` in `dir` for this process, or finds the process that has it. Exactly one of any number of simultaneous
 * starters wins, and a claim ends with its process, however that ends.
 *
 * Each starter first writes a lock file of its own (name, pid, start time; the boot id inside) and only then looks for
 * others, so of two starters at least one sees the other. A lock with the content `held` has won. Of undecided ones the
 * lowest pid stays, and the others withdraw. Locks of dead processes are removed; as names are never used twice, this
 * cannot hit a fresh lock.
 * @throws AlreadyRunningError when another live process has the name or is about to get it.
 */
export async function claimName(dir: string, name: string): Promise<NameClaim> {
  const own = { pid: process.pid, start: ownStart() };
  const file = path.join(dir, `${name}.${own.pid}.${own.start}.lock`);
  const release = (): void => {
    ownLocks.delete(file);
    unlinkIfThere(file);
  };

  createLock(file, name);
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
  writeLock(file, "update", "held");
  return { intact: () => readLock(file) !== undefined, release };
}

/**
 * Start time of this process. Where the system gives none it is 0, which no process has: others then take this lock for a leftover, and the
 * socket decides.
 */
function ownStart(): number {
  try {
    return identify(process.pid)?.start ?? 0;
  } catch {
    return 0;
  }
}

/** Waits until one of several undecided rivals has won: the pid of a rival that withdraws too would not help a person. */
async function winner(rivals: () => Lock[], end: number): Promise<number | undefined> {
  for (;;) {
    const undecided = rivals();
    const held = undecided.find((rival) => isHeld(rival.file));
    if (held !== undefined || undecided.length === 0 || performance.now() > end) return held?.pid;
    await delay(pollMs);
  }
}

function createLock(file: string, name: string): void {
  try {
    if (!ownLocks.has(file)) removeStale(file);
    writeLock(file, "create", "starting");
    ownLocks.add(file);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw new AlreadyRunningError(name, process.pid);
    throw new ControlError("directory", `cannot write the lock file ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function liveRivals(dir: string, name: string, own: string): Lock[] {
  const rivals: Lock[] = [];
  for (const lock of locksIn(dir)) {
    if (lock.kind !== "lock" || lock.name !== name || lock.file === own) continue;
    if (isLive(lock)) rivals.push(lock);
    else removeStale(lock.file);
  }
  return rivals;
}

function comesBefore(a: { pid: number; start: number }, b: { pid: number; start: number }): boolean {
  return a.pid !== b.pid ? a.pid < b.pid : a.start < b.start;
}

function isHeld(file: string): boolean {
  return readLock(file)?.state === "held";
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
  }
}
