import { spawn } from "node:child_process";
import { closeSync, lstatSync, rmSync } from "node:fs";
import path from "node:path";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { ensureLogFolder, logFolder, messageOf, openLog, systemErrorCode } from "@vj/control";
import type { LogMark } from "@vj/logs";

/** `<worker>.out.log` begins anew, and the older part becomes `<worker>.out.log.1`, from this size on, bytes. */
const limitBytes = 1_048_576;
/** What an earlier version or a stranger left behind may be larger than the keeper lets it become; bytes. */
const absurdBytes = 8 * limitBytes;

const keeperProgram = fileURLToPath(new URL("../bin/keep-output.sh", import.meta.url));

/** Takes what a process prints: crashes and the noise of native libraries. */
export interface Output {
  /** The process's standard output and error. */
  readonly target: Writable | "ignore";
  /** Where this process's output begins; undefined when it is not kept. */
  readonly mark: LogMark | undefined;
  /** Why it is not kept, for a person; undefined when it is. */
  readonly problem: string | undefined;
  /** Once the process has the target: lets go of our end. */
  release(): void;
  /** Waits until all that was printed is in the file, `limitMs` at most: somebody else may have inherited the output. */
  finished(limitMs: number): Promise<void>;
}

/**
 * Starts a keeper for the output of one process: a small program of its own that outlives this one, so that the file is bounded
 * at every moment and the process neither waits nor ends when nobody else is there.
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
    // The process writes into it; nothing of ours ever passes through this stream.
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

/** Makes the file, and nothing but a plain file of ours, for the keeper to append to. */
function prepare(busDir: string, file: string): { size: number; inode: number } {
  ensureLogFolder(busDir);
  for (const part of [file, `${file}.1`]) if (isUnfit(part)) rmSync(part);
  const { fd, stats } = openLog(busDir, path.basename(file), "append");
  closeSync(fd);
  return { size: stats.size, inode: stats.ino };
}

/** A link, a FIFO or a device would lead the keeper elsewhere; what is too large would stay so. */
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
