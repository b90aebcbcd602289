import { LogSet, followLogs } from "@vj/logs";
import type { LogEntry as FileEntry, LogFollower } from "@vj/logs";
import { limits, logLevels } from "@vj/schema";
import type { LogLevel } from "@vj/schema";
import { LogThrottle } from "./log-throttle.ts";
import type { LogEntry } from "./log-throttle.ts";
import { Ring } from "./ring.ts";

export interface LogIntakeOptions {
  /** Bus directory, which contains the log folder. */
  readonly busDir: string;
  readonly onProblem: (problem: string) => void;
  /** Interval between looks for new lines. A look costs a system call per file. */
  readonly pollMs?: number;
}

export interface LogFilter {
  /** This level and the higher ones. */
  readonly level?: LogLevel | undefined;
  readonly source?: string | undefined;
}

/** Follows `<worker>.log` of every process and keeps the last lines of all together. */
export class LogIntake {
  readonly #options: LogIntakeOptions;
  readonly #recent = new Ring<LogEntry>(limits.debuggerLogs);
  readonly #throttle = new LogThrottle((entry) => this.#recent.push(entry));
  #follower: LogFollower | undefined;
  #history = historyBytes;

  constructor(options: LogIntakeOptions) {
    this.#options = options;
  }

  /** Number of lines kept. */
  get size(): number {
    this.#throttle.flush(Date.now() / 1000);
    return this.#recent.size;
  }

  /** Starts following, the first time with the recent lines of each file; does nothing when it follows already. */
  open(): void {
    if (this.#follower !== undefined) return;
    const { busDir, onProblem, pollMs } = this.#options;
    const logs = new LogSet({ busDir, historyBytes: this.#history });
    this.#history = 0;
    this.#follower = followLogs(logs, { onEntries: (entries) => this.#take(entries), onProblem, ...(pollMs === undefined ? {} : { pollMs }) });
  }

  /** Stops following; what was read is kept. */
  async close(): Promise<void> {
    const follower = this.#follower;
    this.#follower = undefined;
    await follower?.close();
  }

  /** The matching lines, oldest first. */
  entries({ level, source }: LogFilter): LogEntry[] {
    this.#throttle.flush(Date.now() / 1000);
    const lowest = level === undefined ? 0 : logLevels.indexOf(level);
    return this.#recent
      .toArray()
      .filter((entry) => logLevels.indexOf(entry.level) >= lowest && (source === undefined || entry.source === source));
  }

  clear(): void {
    this.#recent.clear();
  }

  #take(entries: readonly FileEntry[]): void {
    for (const { at, level, source, text } of entries) {
      this.#throttle.take({ timestamp: at / 1000, level, source, message: text.slice(0, longest) });
    }
  }
}

/** Bytes of the end of each log to read at first. */
const historyBytes = 65_536;
/** Characters of a message to keep; five hundred messages must fit into one reply. */
const longest = 1000;
