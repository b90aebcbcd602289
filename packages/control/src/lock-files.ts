import { chmodSync, lstatSync, readdirSync, unlinkSync } from "node:fs";
import path from "node:path";
import { readEnd, writeOwn } from "@vj/files";
import { checkBusDir } from "./bus-dir.ts";
import { ControlError, systemErrorCode } from "./errors.ts";
import { isRunning } from "./process/identity.ts";
import type { ProcessIdentity } from "./process/identity.ts";
import { processSource } from "./process/process-source.ts";

/** A file `<name>.<pid>.<start time>.lock` or `….child` in the bus directory. */
export interface Lock extends ProcessIdentity {
  readonly file: string;
  readonly name: string;
  /** Written by the process that claims the name, or by the one that started it (`recordChild`). */
  readonly kind: "lock" | "child";
}

/** Upper limit for the size of a lock, bytes. */
const lockBytes = 200;

/**
 * All lock files, of live and of ended processes.
 * @throws ControlError `directory` when the directory is unsafe (another user could name any process there); Error when
 * it cannot be read.
 */
export function locksIn(dir: string): Lock[] {
  try {
    checkBusDir(dir);
    return readdirSync(dir).map((entry) => parseLock(dir, entry)).filter((lock) => lock !== undefined);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT" || (error instanceof ControlError && error.code === "not_found")) return [];
    throw error;
  }
}

function parseLock(dir: string, entry: string): Lock | undefined {
  const [, name, pid, start, kind] = /^(.+)\.(\d+)\.(\d+)\.(lock|child)$/.exec(entry) ?? [];
  if (name === undefined) return undefined;
  return { file: path.join(dir, entry), name, pid: Number(pid), start: Number(start), kind: kind === "lock" ? "lock" : "child" };
}

/** Mode of an empty lock that is held. */
const heldMode = 0o700;

/**
 * `held <boot id>` or `starting <boot id>`; a lock that is being written, or is on a full disk, is empty. Anything else in
 * its place, and files of others, are ignored.
 */
export function readLock(file: string): { state: string; boot: string } | undefined {
  try {
    const text = readEnd(file, lockBytes);
    if (text === undefined) return undefined;
    if (text === "") return { state: (lstatSync(file).mode & 0o777) === heldMode ? "held" : "", boot: "" };
    const [state = "", boot = ""] = text.trim().split(" ");
    return { state, boot };
  } catch {
    return { state: "", boot: "" };
  }
}

/**
 * Writes the state of our lock, with the boot id. On a full disk the file stays empty and its mode records whether it is held, so that a
 * crashed worker starts again even then. @throws as `writeOwn` of `@vj/files`.
 */
export function writeLock(file: string, access: "create" | "update", state: "starting" | "held"): void {
  try {
    writeOwn(file, access, `${state} ${processSource.boot()}`);
  } catch (error) {
    const isFull = ["ENOSPC", "EDQUOT"].includes(systemErrorCode(error) ?? "");
    if (!isFull || lstatSync(file, { throwIfNoEntry: false }) === undefined) throw error;
    if (state === "held") chmodSync(file, heldMode);
  }
}

/** Removes a lock file. An entry that cannot be removed (a directory of that name) is ignored: it blocks no claim. */
export function removeStale(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Already gone, or harmless.
  }
}

/** Whether the process that wrote the lock still runs: same pid, same start time, same boot. */
export function isLive(lock: Lock): boolean {
  if (!isRunning(lock)) return false;
  const { boot } = readLock(lock.file) ?? {};
  return boot === undefined || boot === "" || boot === processSource.boot();
}

/**
 * The process that holds `name`, even if it hangs; undefined when there is none.
 * @throws as {@link locksIn} does
 */
export function nameOwner(dir: string, name: string): ProcessIdentity | undefined {
  return owners(locksIn(dir).filter((lock) => lock.name === name)).get(name);
}

/** Every name that a live process holds or is about to get, even if it hangs. @throws as {@link locksIn} does */
export function nameOwners(dir: string): Map<string, ProcessIdentity> {
  return owners(locksIn(dir));
}

function owners(locks: readonly Lock[]): Map<string, ProcessIdentity> {
  const live = locks.filter(isLive);
  // The later entry wins: a process that claimed the name itself takes precedence over one that was started to claim it.
  const ordered = [...live.filter(({ kind }) => kind === "child"), ...live.filter(({ kind }) => kind === "lock")];
  return new Map(ordered.map(({ name, pid, start }) => [name, { pid, start }]));
}
