import type { LogEntry } from "./log-entry.ts";
import type { LogSet } from "./log-set.ts";

/** Where the lines go, and how often the files are looked at. */
export interface FollowLogsOptions {
  /** Called with at least one entry, in the order of time. */
  readonly onEntries: (entries: readonly LogEntry[]) => void;
  /** A fault, for a person; reported once while it lasts. */
  readonly onProblem: (problem: string) => void;
  /** Interval between looks, milliseconds, default 500; a look costs a few system calls per log. */
  readonly pollMs?: number;
}

/** Logs that are followed until it is closed. */
export interface LogFollower extends AsyncDisposable {
  /** Ends it, and closes the set. */
  close(): Promise<void>;
}

/** Interval between looks during a burst, milliseconds: small pieces, so that other work does not wait long. */
const burstMs = 20;

/** Looks at the logs repeatedly, the first time before it returns: lines written from then on count as new. */
export function followLogs(logs: LogSet, { onEntries, onProblem, pollMs = 500 }: FollowLogsOptions): LogFollower {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const look = (): void => {
    const { entries, more, faults } = logs.look();
    for (const fault of faults) onProblem(fault);
    if (entries.length > 0) onEntries(entries);
    // Either callback may have ended it.
    if (!isOver) timer = setTimeout(look, more ? burstMs : pollMs);
  };
  look();
  const close = (): Promise<void> => {
    isOver = true;
    clearTimeout(timer);
    return logs.close();
  };
  return { close, [Symbol.asyncDispose]: close };
}
