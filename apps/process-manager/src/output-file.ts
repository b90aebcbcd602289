import { spawn } from "node:child_process";
import { closeSync, lstatSync, rmSync } from "node:fs";
import path from "node:path";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { ensureLogFolder, logFolder, openLog, systemErrorCode } from "@vj/control";
import { messageOf } from "@vj/schema";
import type { LogMark } from "@vj/logs";

/** Size from which `<worker>.out.log` is renamed to `<worker>.out.log.1` and started again, bytes. */
const limitBytes = 1_048_576;
/** Limit for a file left by an earlier version or another program, which may be larger than the keeper allows; bytes. */
const absurdBytes = 8 * limitBytes;

const keeperProgram = fileURLToPath(new URL("../bin/keep-output.sh", import.meta.url));

/** Receives the output of a process: crashes and messages of native libraries. */
export interface Output {
  /** The process's standard output and error. */
  readonly target: Writable | "ignore";
  /** Start of this process's output; undefined when it is not kept. */
  readonly mark: LogMark | undefined;
  /** Why the output is not kept, for a person; undefined when it is. */
  readonly problem: string | undefined;
  /** Closes our end, once the process has the target. */
  release(): void;
  /** Waits until all output is in the file, at most `limitMs`: another process may have inherited the output. */
  finished(limitMs: number): Promise<void>;
}

/**
 * Starts a keeper for the output of one process: a small separate program that outlives this one. It limits the size of
 * the file at every moment, and the process neither waits nor ends when its starter is gone.
 */
export function openOutput(busDir: string, process: string): Output {
  const file = path.join(logFolder(busDir), `${process}.out.log`);
  try {
    const { size, inode } = prepare(busDir, file);
    const keeper = spawn("/bin/sh", [keeperProgram, file, String(limitBytes)], { cwd: "/", detached: true, stdio: ["pipe", "ignore", "ignore"] });
    const ended = new Promise<void>((resolve) => {
      keeper.once("error", () => resolve());
      keeper.once("exit", () => resolve());
    });
    if (keeper.pid === undefined) return notKept("there is no /bin/sh to keep it");
    keeper.unref();
    // The process writes into it directly; this process writes nothing to the stream.
    keeper.stdin.on("error", () => {});
    return {
      target: keeper.stdin,
      mark: { size, inode },
      problem: undefined,
      release: () => void keeper.stdin.destroy(),
      finished: (limitMs) => within(ended, limitMs),
    };
  } catch (error) {
    return notKept(messageOf(error));
  }
}

function notKept(problem: string): Output {
  return { target: "ignore", mark: undefined, problem, release: () => {}, finished: () => Promise.resolve() };
}

/** Creates the file for the keeper to append to, and makes sure that it is a plain file of ours. */
function prepare(busDir: string, file: string): { size: number; inode: number } {
  ensureLogFolder(busDir);
  for (const part of [file, `${file}.1`]) if (isUnfit(part)) rmSync(part);
  const { fd, stats } = openLog(busDir, path.basename(file), "append");
  closeSync(fd);
  return { size: stats.size, inode: stats.ino };
}

/** A link, a FIFO or a device would lead the keeper elsewhere; a file that is too large would stay so. */
function isUnfit(file: string): boolean {
  try {
    const stats = lstatSync(file);
    return !stats.isFile() || stats.size > absurdBytes;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return false;
    throw error;
  }
}

async function within(done: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([done, limit]);
  clearTimeout(timer);
}
