import { stat } from "node:fs/promises";
import { messageOf } from "@vj/schema";
import { readTextFile } from "./read-text-file.ts";

/** What a look at the candidates came to. */
export type FileReading =
  | {
      found: true;
      path: string;
      text: string;
      /** When the change was noticed, on the clock of `performance.now()`. */
      noticedAt: number;
      /** How long before that the file was written, by its time stamp, ms; negative when the clocks disagree. */
      writtenAgoMs: number;
      /** How long before that it was last looked at, ms; Infinity for the first look. */
      unseenMs: number;
    }
  | { found: false; reason: string };

export interface WatchOptions {
  /** The first that exists is watched; another may take its place at any time. */
  candidates: readonly string[];
  intervalMs: number;
  onReading(reading: FileReading): void;
}

/** One look: `mark` differs whenever the file may have changed. */
interface Look {
  mark: string;
  file: { path: string; writtenAt: number } | undefined;
  reason: string;
}

/**
 * Watches a file that may not exist yet, is appended to, rewritten, or replaced by renaming. It looks at it again and
 * again, which works on every file system; a change counts once two looks agree, so that half-written lines are not read.
 * @returns ends the watch.
 */
export function watchFile({ candidates, intervalMs, onReading }: WatchOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let lookedAt = -Infinity;
  let noticed = { mark: "", at: 0, writtenAgoMs: 0, unseenMs: Infinity };
  let reported = "";
  let fault = "";

  const report = (mark: string, reading: FileReading): void => {
    if (closed) return;
    reported = mark;
    fault = "";
    onReading(reading);
  };

  const poll = async (): Promise<void> => {
    const look = await lookAt(candidates);
    const at = performance.now();
    if (look.mark !== noticed.mark) {
      const writtenAgoMs = look.file === undefined ? 0 : Date.now() - look.file.writtenAt;
      noticed = { mark: look.mark, at, writtenAgoMs, unseenMs: at - lookedAt };
    } else if (look.mark !== reported) {
      await read(look);
    }
    lookedAt = at;
    if (!closed) timer = setTimeout(() => void poll(), intervalMs);
  };

  const read = async ({ mark, file, reason }: Look): Promise<void> => {
    if (file === undefined) return report(mark, { found: false, reason });
    try {
      const text = await readTextFile(file.path);
      const { at, writtenAgoMs, unseenMs } = noticed;
      report(mark, { found: true, path: file.path, text, noticedAt: at, writtenAgoMs, unseenMs });
    } catch (error) {
      // Said once, tried again at each look: permissions change without the file changing.
      const unreadable = `cannot read ${file.path}: ${messageOf(error)}`;
      if (fault !== unreadable && !closed) onReading({ found: false, reason: unreadable });
      fault = unreadable;
    }
  };

  void poll();
  return () => {
    closed = true;
    clearTimeout(timer);
  };
}

async function lookAt(candidates: readonly string[]): Promise<Look> {
  for (const path of candidates) {
    try {
      const entry = await stat(path);
      if (!entry.isFile()) return { mark: `no file ${path}`, file: undefined, reason: `${path} is not a file` };
      const mark = `${path} ${entry.ino} ${entry.size} ${entry.mtimeMs}`;
      return { mark, file: { path, writtenAt: entry.mtimeMs }, reason: "" };
    } catch (error) {
      if (isAbsent(error)) continue;
      const reason = `cannot look at ${path}: ${messageOf(error)}`;
      return { mark: reason, file: undefined, reason };
    }
  }
  const [only] = candidates;
  const where = candidates.length === 1 ? `${only} does not exist` : "none of the usual files exists";
  return { mark: "absent", file: undefined, reason: `${where}; it is used as soon as it appears` };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
