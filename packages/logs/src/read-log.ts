import { toEntries } from "./log-entry.ts";
import type { LogEntry } from "./log-entry.ts";
import { sourceOf } from "./log-files.ts";
import type { LogStart } from "./log-parts.ts";
import { LogTail } from "./log-tail.ts";
import { LogError } from "./errors.ts";

/**
 * Reads one log once, from a place to its end, through its rotated files and including an incomplete last line. Empty
 * when there is no such log.
 * @param name `<worker>.log` or `<worker>.out.log`, in the log folder of the bus directory
 * @throws LogError `unreadable`, with the reason when it cannot be read.
 */
export function readLog(busDir: string, name: string, start: LogStart): LogEntry[] {
  const tail = new LogTail(busDir, name, start);
  try {
    const { texts, changedAt, fault } = tail.look(Infinity);
    if (fault !== undefined) throw new LogError("unreadable", fault);
    return toEntries([...texts, ...tail.rest()], sourceOf(name) ?? name, changedAt);
  } finally {
    tail.close();
  }
}
