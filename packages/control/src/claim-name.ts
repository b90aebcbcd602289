import { readdirSync, unlinkSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readEnd, writeOwn } from "@vj/files";
import { messageOf } from "@vj/schema";
import { checkBusDir } from "./bus-dir.ts";
import { AlreadyRunningError, ControlError, systemErrorCode } from "./errors.ts";
import { identify, isRunning } from "./process/identity.ts";
import type { ProcessIdentity } from "./process/identity.ts";
import { processSource } from "./process/process-facts.ts";

/** The right to be the one process of a name, for as long as this process lives. */
export interface NameClaim {
  /** Whether the claim's file is still there; it goes with the bus directory. */
  intact(): boolean;
  release(): void;
}

interface Lock extends ProcessIdentity {
  readonly file: string;
  readonly name: string;
}

/** Locks that this process wrote. A file of the same name that it did not write is of an earlier boot. */
const ownLocks = new Set<string>();

const pollMs = 5;
/** More than a lock has. */
const lockBytes = 200;
// Two starters decide within milliseconds; longer means that the other one froze half-way, and it comes first.
const undecidedMs = 1000;

/**
 * Becomes the one process of `name` in `dir`, or finds out who is. Exactly one of any number of simultaneous starters
 * wins, and a claim dies with its process, however it dies.
 *
 * Each starter writes a lock file of its own (name, pid, start time, and in it the boot) and only then looks for others,
 * so of two starters at least one sees the other. A lock that says `held` has won. Of undecided ones the lowest pid stays, the others
 * withdraw. Locks of dead processes are removed; as names are never used twice, nobody's fresh lock can be hit.
 * @throws AlreadyRunningError when another live process has or gets the name.
 */
export async function claimName(dir: string, name: string): Promise<NameClaim> {
  const own = { pid: process.pid, start: ownStart() };
  const file = path.join(dir, `${name}.${own.pid}.${own.start}.lock`);
  const release = (): void => {
    ownLocks.delete(file);
    unlinkIfThere(file);
  };

  writeLock(file, name);
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
  writeOwn(file, "update", `held ${processSource.boot()}`);
  return { intact: () => readLock(file) !== undefined, release };
}

/** 0, which no process has, where the system cannot be asked: others then see this lock as left over, and the socket decides. */
function ownStart(): number {
  try {
    return identify(process.pid)?.start ?? 0;
  } catch {
    return 0;
  }
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

function writeLock(file: string, name: string): void {
  try {
    if (!ownLocks.has(file)) removeStale(file);
    writeOwn(file, "create", `starting ${processSource.boot()}`);
    ownLocks.add(file);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw new AlreadyRunningError(name, process.pid);
    throw new ControlError("directory", `cannot write the lock file ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function liveRivals(dir: string, name: string, own: string): Lock[] {
  const rivals: Lock[] = [];
  for (const lock of locksIn(dir)) {
    if (lock.name !== name || lock.file === own) continue;
    if (isLive(lock)) rivals.push(lock);
    else removeStale(lock.file);
  }
  return rivals;
}

/** In a directory that others can change anybody's process could be named. */
function locksIn(dir: string): Lock[] {
  try {
    checkBusDir(dir);
    return readdirSync(dir).map((entry) => parseLock(dir, entry)).filter((lock) => lock !== undefined);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT" || (error instanceof ControlError && error.code === "not_found")) return [];
    throw error;
  }
}

function parseLock(dir: string, entry: string): Lock | undefined {
  const [, name, pid, start] = /^(.+)\.(\d+)\.(\d+)\.lock$/.exec(entry) ?? [];
  return name === undefined ? undefined : { file: path.join(dir, entry), name, pid: Number(pid), start: Number(start) };
}

function comesBefore(a: { pid: number; start: number }, b: { pid: number; start: number }): boolean {
  return a.pid !== b.pid ? a.pid < b.pid : a.start < b.start;
}

function isHeld(file: string): boolean {
  return readLock(file)?.state === "held";
}

/**
 * `held <boot id>` or `starting <boot id>`; a lock that is being written is still empty. What stands in place of one and
 * is no file of ours says nothing.
 */
function readLock(file: string): { state: string; boot: string } | undefined {
  try {
    const text = readEnd(file, lockBytes);
    const [state = "", boot = ""] = text?.trim().split(" ") ?? [];
    return text === undefined ? undefined : { state, boot };
  } catch {
    return { state: "", boot: "" };
  }
}

/** What cannot be removed (a directory of that name) blocks nobody. */
function removeStale(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Gone already, or in nobody's way.
  }
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
  }
}

/** Whether the process that wrote the lock still runs: same pid, same start time, same boot. */
function isLive(lock: Lock): boolean {
  if (!isRunning(lock)) return false;
  const { boot } = readLock(lock.file) ?? {};
  return boot === undefined || boot === "" || boot === processSource.boot();
}

/**
 * The process that holds `name`, also when it hangs and answers nobody; undefined when there is none.
 * @throws ControlError `directory` when the directory is unsafe; Error when it cannot be read.
 */
export function nameOwner(dir: string, name: string): ProcessIdentity | undefined {
  const owner = locksIn(dir).find((lock) => lock.name === name && isLive(lock));
  return owner === undefined ? undefined : { pid: owner.pid, start: owner.start };
}

/** Every name that a live process holds or is about to get, whether it answers or not. @throws as {@link nameOwner} does. */
export function nameOwners(dir: string): Map<string, ProcessIdentity> {
  return new Map(locksIn(dir).filter(isLive).map(({ name, pid, start }) => [name, { pid, start }]));
}
