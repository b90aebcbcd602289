import { messageOf } from "@vj/schema";
import { mergeByTime, toEntries } from "./log-entry.ts";
import type { LogEntry } from "./log-entry.ts";
import { listLogs, sourceOf } from "./log-files.ts";
import type { LogSelection } from "./log-files.ts";
import { LogTail } from "./log-tail.ts";

/** Which logs are read, and how much of what they already contain. */
export interface LogSetOptions extends LogSelection {
  /** Bytes of the end of each log to read at first, including its rotated files; default: all that are kept. */
  readonly historyBytes?: number;
}

/** Result of one look at several logs. */
export interface SetLook {
  /** In the order of time. */
  readonly entries: readonly LogEntry[];
  /** More lines are available already: look again soon. */
  readonly more: boolean;
  /** Logs that cannot be read, for a person; each fault once while it lasts. It does not hide other logs. */
  readonly faults: readonly string[];
}

/** All logs of a bus, read as they grow. Logs that appear later are read from their beginning. */
export class LogSet implements AsyncDisposable {
  readonly #options: LogSetOptions;
  readonly #tails = new Map<string, LogTail>();
  #faults = new Map<string, string>();
  #bytes: number;

  constructor(options: LogSetOptions) {
    this.#options = options;
    this.#bytes = options.historyBytes ?? Infinity;
  }

  /** The lines since the last look. Never throws. @param most largest number of bytes to read of each log now, see `LogTail` */
  look(most?: number): SetLook {
    const faults = new Map<string, string>();
    let more = false;
    const logs = this.#find(faults).map(([name, tail]) => {
      const look = tail.look(most);
      more ||= look.more;
      if (look.fault !== undefined) faults.set(name, `cannot read ${name}: ${look.fault}`);
      return toEntries(look.texts, sourceOf(name) ?? name, look.changedAt);
    });
    const news = [...faults].filter(([name, fault]) => this.#faults.get(name) !== fault).map(([, fault]) => fault);
    this.#faults = faults;
    return { entries: mergeByTime(logs), more, faults: news };
  }

  async close(): Promise<void> {
    for (const tail of this.#tails.values()) tail.close();
    this.#tails.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #find(faults: Map<string, string>): [string, LogTail][] {
    const { busDir } = this.#options;
    try {
      for (const name of listLogs(this.#options)) {
        if (!this.#tails.has(name)) this.#tails.set(name, new LogTail(busDir, name, { bytes: this.#bytes }));
      }
      this.#bytes = Infinity;
    } catch (error) {
      faults.set("", `cannot read the logs: ${messageOf(error)}`);
    }
    return [...this.#tails];
  }
}
