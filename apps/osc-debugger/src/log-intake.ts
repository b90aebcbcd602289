import { readdirSync } from "node:fs";
import path from "node:path";
import { ControlError, checkLogFolder, logFolder, messageOf } from "@vj/control";
import { limits, logLevels } from "@vj/schema";
import type { LogLevel } from "@vj/schema";
import { parseLogLine } from "@vj/worker";
import { LogFileReader } from "./log-file-reader.ts";
import { LogThrottle } from "./log-throttle.ts";
import type { LogEntry } from "./log-throttle.ts";
import { Ring } from "./ring.ts";

export interface LogIntakeOptions {
  /** Bus directory, in which the log folder is. */
  readonly busDir: string;
  readonly onProblem: (problem: string) => void;
  /** How often to look for new lines. A look costs a system call per file. */
  readonly pollMs?: number;
}

export interface LogFilter {
  /** This level and those above it. */
  readonly level?: LogLevel | undefined;
  readonly source?: string | undefined;
}

/** Follows `<worker>.log` of every process and keeps the last lines of all together. */
export class LogIntake {
  readonly #options: LogIntakeOptions;
  readonly #recent = new Ring<LogEntry>(limits.debuggerLogs);
  readonly #throttle = new LogThrottle((entry) => this.#recent.push(entry));
  readonly #readers = new Map<string, LogFileReader>();
  readonly #faults = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #history = historyBytes;

  constructor(options: LogIntakeOptions) {
    this.#options = options;
  }

  /** Lines kept. */
  get size(): number {
    return this.#recent.size;
  }

  /** Starts following, the first time with the recent lines of each file; does nothing when it does already. */
  open(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.#look(historyBytes), this.#options.pollMs ?? 500);
    this.#look(this.#history);
    this.#history = 0;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const reader of this.#readers.values()) reader.close();
    this.#readers.clear();
  }

  /** The lines that match, oldest first. */
  entries({ level, source }: LogFilter): LogEntry[] {
    const lowest = level === undefined ? 0 : logLevels.indexOf(level);
    return this.#recent
      .toArray()
      .filter((entry) => logLevels.indexOf(entry.level) >= lowest && (source === undefined || entry.source === source));
  }

  clear(): void {
    this.#recent.clear();
  }

  #look(history: number): void {
    const entries: LogEntry[] = [];
    const { busDir } = this.#options;
    this.#try(logFolder(busDir), () => {
      for (const file of logFiles(busDir)) this.#try(file, () => this.#readFile(file, history, entries));
    });
    for (const entry of entries.sort((a, b) => a.timestamp - b.timestamp)) this.#throttle.take(entry);
    this.#throttle.flush(Date.now() / 1000);
  }

  #readFile(file: string, history: number, entries: LogEntry[]): void {
    const reader = this.#readers.get(file) ?? new LogFileReader(path.join(logFolder(this.#options.busDir), file), history);
    this.#readers.set(file, reader);
    const source = file.slice(0, -suffix.length);
    const { lines, skippedBytes } = reader.read();
    if (skippedBytes > 0) entries.push(skipped(source, skippedBytes));
    for (const line of lines) if (line !== "") entries.push(toEntry(line, source));
  }

  /** A file that cannot be read now is tried again at the next look; its fault is told once. */
  #try(name: string, read: () => void): void {
    try {
      read();
      this.#faults.delete(name);
    } catch (error) {
      const fault = `cannot follow ${name}: ${messageOf(error)}`;
      if (this.#faults.get(name) !== fault) this.#options.onProblem(fault);
      this.#faults.set(name, fault);
    }
  }
}

const suffix = ".log";
/** Bytes of each file that are of interest at first. */
const historyBytes = 65_536;
/** Characters of a message that are kept; five hundred of them must fit into one reply. */
const longest = 1000;

/** Names of the JSON logs. `<worker>.out.log` beside them is what native code printed. @throws ControlError as `checkLogFolder`. */
function logFiles(busDir: string): string[] {
  try {
    return readdirSync(checkLogFolder(busDir)).filter((file) => file.endsWith(suffix) && !file.endsWith(`.out${suffix}`));
  } catch (error) {
    if (error instanceof ControlError && error.code === "not_found") return [];
    throw error;
  }
}

function toEntry(text: string, file: string): LogEntry {
  const line = parseLogLine(text);
  const time = Date.parse(line?.time ?? "") / 1000;
  const timestamp = Number.isNaN(time) ? Date.now() / 1000 : time;
  if (line === undefined) return { timestamp, level: "info", source: file, message: text.slice(0, longest) };
  return { timestamp, level: line.level, source: line.source, message: line.message.slice(0, longest) };
}

function skipped(source: string, bytes: number): LogEntry {
  return { timestamp: Date.now() / 1000, level: "warn", source, message: `${bytes} bytes of log passed over: too many at once` };
}
