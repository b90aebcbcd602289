import { createHash } from "node:crypto";
import { lstat, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { identify, isRunning } from "@vj/control";
import { systemErrorCode } from "@vj/files";
import { RecordingError } from "./errors.ts";
import { createPartFile } from "./part-file.ts";
import type { PartFile, PartFileOptions } from "./part-file.ts";

/** A file that will take the place of another one, or appear in it, once it is whole. */
export interface Replacement {
  /** Where it is until then. */
  readonly temporary: string;
  readonly part: PartFile;
}

/** A file that was written this long ago is not being written, also by a process of another machine that has the same folder; milliseconds. */
const abandonedMs = 60_000;
const temporaryName = /^\.vj-[0-9a-f]{16}-(?<pid>\d+)-(?<start>[\d.]+)$/;

/**
 * Removes the unfinished replacements in a folder whose processes were killed, whatever files they were for. Other files, and those of other
 * users, stay.
 * @returns their paths @throws system errors
 */
export async function removeLeftovers(dir: string): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(dir)) {
    const file = path.join(dir, name);
    if (!(await isLeftover(file))) continue;
    await rm(file, { force: true });
    removed.push(file);
  }
  return removed;
}

async function isLeftover(file: string): Promise<boolean> {
  const owner = temporaryName.exec(path.basename(file))?.groups;
  if (owner === undefined || isRunning({ pid: Number(owner["pid"]), start: Number(owner["start"]) })) return false;
  const entry = await lstat(file).catch(ifGone);
  return entry?.isFile() === true && (process.getuid === undefined || entry.uid === process.getuid()) && Date.now() - entry.mtimeMs > abandonedMs;
}

function ifGone(error: unknown): undefined {
  if (systemErrorCode(error) !== "ENOENT") throw error;
}

/**
 * Creates it beside its place, and removes what processes that were killed left of theirs. Its name has the process in it: two that write the
 * same file at once would put half of the one into its place when the other is done.
 * @throws RecordingError `in_use` while another one is being written; system errors
 */
export async function createReplacement(file: string, options: PartFileOptions = {}): Promise<Replacement> {
  const dir = path.dirname(file);
  // A hash, because a long name may have no room for more.
  const prefix = `.vj-${createHash("sha256").update(path.basename(file)).digest("hex").slice(0, 16)}-`;
  for (const name of await readdir(dir)) {
    if (!name.startsWith(prefix)) continue;
    const [pid = 0, start = 0] = name.slice(prefix.length).split("-").map(Number);
    if (isRunning({ pid, start })) throw inUse(pid);
    await rm(path.join(dir, name), { force: true });
  }
  const temporary = path.join(dir, `${prefix}${process.pid}-${identify(process.pid)?.start ?? 0}`);
  try {
    return { temporary, part: await createPartFile(temporary, options) };
  } catch (error) {
    throw systemErrorCode(error) === "EEXIST" ? inUse(process.pid) : error;
  }
}

function inUse(pid: number): RecordingError {
  return new RecordingError("in_use", `process ${pid} is writing it anew`);
}
