import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { identify, isRunning } from "@vj/control";
import { systemErrorCode } from "@vj/files";
import { RecordingError } from "./errors.ts";
import { createPartFile } from "./part-file.ts";
import type { PartFile } from "./part-file.ts";

/** A file that will take the place of another one, or appear in it, once it is whole. */
export interface Replacement {
  /** Where it is until then. */
  readonly temporary: string;
  readonly part: PartFile;
}

/**
 * Creates it beside its place, and removes what processes that were killed left of theirs. Its name has the process in it: two that write the
 * same file at once would put half of the one into its place when the other is done.
 * @throws RecordingError `in_use` while another one is being written; system errors
 */
export async function createReplacement(file: string): Promise<Replacement> {
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
    return { temporary, part: await createPartFile(temporary) };
  } catch (error) {
    throw systemErrorCode(error) === "EEXIST" ? inUse(process.pid) : error;
  }
}

function inUse(pid: number): RecordingError {
  return new RecordingError("in_use", `process ${pid} is writing it anew`);
}
