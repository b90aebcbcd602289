import { messageOf } from "@vj/schema";
import { lookAt } from "./find-file.ts";
import type { Look } from "./find-file.ts";
import { readTextFile } from "./read-text-file.ts";

/** The result of a look at the candidates. */
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
  /** Gets what is wrong while the drive does not answer, and undefined once it does; left out: nobody needs to know. */
  onLate?(problem: string | undefined): void;
  /** Looks for the file; another one for tests. */
  look?: typeof lookAt;
}

/** A file that has been absent for this long, ms, is looked for once a second: each look goes to each candidate, most of which are never there. */
const absentMs = 5000;
const seekMs = 1000;
/** A file that changes all the time is read as it is after this long, ms. */
const restlessMs = 2000;
/** A drive that answers at all answers within this time, ms. */
const lateMs = 3000;

/**
 * Watches a file that may not exist yet, is appended to, rewritten, or replaced by renaming. It looks at it again and
 * again, which works on every file system; a change counts once two looks agree, so that half-written lines are not read.
 * @returns ends the watch.
 */
export function watchFile({ candidates, intervalMs, onReading, onLate = () => {}, look: find = lookAt }: WatchOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let lookedAt = -Infinity;
  let noticed = { mark: "", at: 0, writtenAgoMs: 0, unseenMs: Infinity };
  let reported = "";
  let fault = "";
  let calmAt = -Infinity;
  let thereAt = performance.now();

  const report = (mark: string, reading: FileReading): void => {
    if (closed) return;
    reported = mark;
    fault = "";
    calmAt = performance.now();
    onReading(reading);
  };

  const lookInTime = async (): Promise<Look> => {
    let late = false;
    const watchdog = setTimeout(() => {
      late = true;
      if (!closed) onLate(`the drive of ${candidates[0]} does not answer; what plays goes on by the clock`);
    }, lateMs);
    try {
      return await find(candidates);
    } finally {
      clearTimeout(watchdog);
      if (late && !closed) onLate(undefined);
    }
  };

  const poll = async (): Promise<void> => {
    const look = await lookInTime();
    const at = performance.now();
    const changed = look.mark !== noticed.mark;
    if (changed) {
      const writtenAgoMs = look.file === undefined ? 0 : Date.now() - look.file.writtenAt;
      noticed = { mark: look.mark, at, writtenAgoMs, unseenMs: at - lookedAt };
    }
    if (look.mark === reported) calmAt = at;
    else if (!changed || at - calmAt > restlessMs) await read(look);
    lookedAt = at;
    if (look.file !== undefined) thereAt = at;
    if (!closed) timer = setTimeout(() => void poll(), at - thereAt > absentMs ? Math.max(intervalMs, seekMs) : intervalMs);
  };

  const read = async ({ mark, file, reason }: Look): Promise<void> => {
    if (file === undefined) return report(mark, { found: false, reason });
    try {
      const text = await readTextFile(file.path);
      const { at, writtenAgoMs, unseenMs } = noticed;
      report(mark, { found: true, path: file.path, text, noticedAt: at, writtenAgoMs, unseenMs });
    } catch (error) {
      // Reported once, but tried at each look: permissions may change while the file does not.
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
