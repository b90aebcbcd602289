import { logLevels } from "@vj/schema";
import type { LogLevel } from "@vj/schema";

/** A line as `get_logs` shows it. */
export interface LogEntry {
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly level: LogLevel;
  readonly source: string;
  readonly message: string;
  /** Number of lines that this one sums up. */
  readonly aggregated?: number;
}

interface Second {
  readonly second: number;
  passed: number;
  held: number;
  level: LogLevel;
}

/** Lines of one source shown per second; further ones are counted. */
export const linesPerSecond = 10;

/**
 * Passes ten lines per second and source, and sums up the rest in one line per second. Seconds are those of the lines'
 * times, so that a file read at once counts like one that was followed.
 */
export class LogThrottle {
  readonly #show: (entry: LogEntry) => void;
  readonly #seconds = new Map<string, Second>();

  constructor(show: (entry: LogEntry) => void) {
    this.#show = show;
  }

  take(entry: LogEntry): void {
    const second = Math.floor(entry.timestamp);
    let state = this.#seconds.get(entry.source);
    if (state === undefined || state.second !== second) {
      if (state !== undefined) this.#sumUp(entry.source, state);
      state = { second, passed: 0, held: 0, level: "trace" };
      this.#seconds.set(entry.source, state);
    }
    if (state.passed < linesPerSecond) {
      state.passed += 1;
      this.#show(entry);
      return;
    }
    state.held += 1;
    if (logLevels.indexOf(entry.level) > logLevels.indexOf(state.level)) state.level = entry.level;
  }

  /** Sums up the bursts that have ended at `now` (epoch seconds). */
  flush(now: number): void {
    for (const [source, state] of this.#seconds) {
      if (state.second >= Math.floor(now)) continue;
      this.#sumUp(source, state);
      this.#seconds.delete(source);
    }
  }

  #sumUp(source: string, { second, held, level }: Second): void {
    if (held === 0) return;
    this.#show({ timestamp: second + 1, level, source, message: `${held} more lines in this second`, aggregated: held });
  }
}
