import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@vj/control";
import { listLogFiles } from "./log-files.ts";
import { LogTail } from "./log-tail.ts";
import { mergeLines } from "./merge-lines.ts";

const pollMs = 200;

/** All log files of a bus directory, read as they grow. Files that appear later are read from their beginning. */
export class LogFollower {
  readonly #busDir: string;
  readonly #only: string | undefined;
  readonly #tails = new Map<string, LogTail>();
  readonly #faults = new Map<string, string>();

  constructor(busDir: string, only?: string) {
    this.#busDir = busDir;
    this.#only = only;
  }

  /** The lines since the last call, merged by time. */
  read(): string[] {
    for (const file of listLogFiles(this.#busDir, this.#only)) {
      if (!this.#tails.has(file)) this.#tails.set(file, new LogTail(file));
    }
    return mergeLines([...this.#tails].map(([file, tail]) => this.#readOne(file, tail)));
  }

  /** A file that cannot be read hides no other; why is a line of its own, once while it lasts. */
  #readOne(file: string, tail: LogTail): string[] {
    try {
      const lines = tail.read();
      this.#faults.delete(file);
      return lines;
    } catch (error) {
      const fault = `cannot read ${file}: ${messageOf(error)}`;
      const isNew = this.#faults.get(file) !== fault;
      this.#faults.set(file, fault);
      return isNew ? [fault] : [];
    }
  }

  /** Passes on new lines until `signal` aborts. */
  async follow(signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
    while (!signal.aborted) {
      for (const line of this.read()) onLine(line);
      // An abort ends the wait, and with it the loop.
      await delay(pollMs, undefined, { signal }).catch(() => {});
    }
  }

  close(): void {
    for (const tail of this.#tails.values()) tail.close();
  }
}
