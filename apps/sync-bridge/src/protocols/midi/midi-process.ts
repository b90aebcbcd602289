import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { messageOf, parseJson } from "@vj/schema";
import { fromChildSchema } from "./child-messages.ts";
import type { ChildOptions, ChildStatus, ToChild } from "./child-messages.ts";

/** The same path from `src` and from `dist`. */
const midiProgram = fileURLToPath(new URL("../../../bin/vj-midi.js", import.meta.url));

export interface MidiProcessOptions {
  readonly options: ChildOptions;
  /** A MIDI message of the other program. @param us its time, microseconds of the system's monotonic clock */
  readonly onMessage: (message: readonly number[], us: number) => void;
  /** A new child runs: it has none of the earlier messages. */
  readonly onStart: () => void;
}

/** Linux: a process at this priority runs on time whatever else runs. Root may use it, and users with an rtprio limit. */
const realtime = ["chrt", "--rr", "10"] as const;

/** The child reports every half second: silence means that it hangs, or is stopped. */
const silenceMs = 2000;
const watchMs = 500;
/** A check that runs this late means that this process was stopped, not the child. */
const lateMs = 1500;
const restartMs = [250, 1000, 2000, 5000] as const;
/** Pause before another try where MIDI does not work at all, ms: that rarely changes. */
const faultMs = 30_000;
/** Unread bytes of a child that hangs; it will be replaced. */
const queuedBytes = 65_536;

/** Runs `vj-midi`; one that dies or hangs is killed and replaced: this cures every fault of native code. */
export class MidiProcess {
  readonly #options: MidiProcessOptions;
  #child: ChildProcess | undefined;
  #status: ChildStatus | undefined;
  #fault: { text: string; todo: string } | undefined;
  #starts = 0;
  #isRealtime = process.platform === "linux";
  /** Whether the present child has reported anything. */
  #hasReported = false;
  /** Children that ended before they reported anything, in a row. */
  #failures = 0;
  #reportedAt = 0;
  #watchedAt = 0;
  #again: NodeJS.Timeout | undefined;
  readonly #watch: NodeJS.Timeout;
  #closed = false;

  constructor(options: MidiProcessOptions) {
    this.#options = options;
    this.#start();
    this.#watch = setInterval(() => this.#check(), watchMs);
  }

  /** Its last report; undefined while there is none. */
  get status(): ChildStatus | undefined {
    return this.#status;
  }

  /** Why MIDI does not work here, and what to do about it. */
  get fault(): { readonly text: string; readonly todo: string } | undefined {
    return this.#fault;
  }

  /** How often it was started again. */
  get restarts(): number {
    return Math.max(0, this.#starts - 1);
  }

  /** Whether it runs at real-time priority. */
  get isRealtime(): boolean {
    return this.#isRealtime && this.#hasReported;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  send(message: ToChild): void {
    const input = this.#child?.stdin;
    if (input !== undefined && input !== null && input.writableLength < queuedBytes) input.write(`${JSON.stringify(message)}\n`);
  }

  /** Ends the child, which stops a running clock first. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    clearInterval(this.#watch);
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.stdin?.end();
    const late = setTimeout(() => child.kill("SIGKILL"), 1000);
    await gone;
    clearTimeout(late);
  }

  #start(): void {
    this.#starts += 1;
    this.#reportedAt = performance.now();
    this.#watchedAt = this.#reportedAt;
    this.#hasReported = false;
    const [command = process.execPath, ...args] = [...(this.#isRealtime ? realtime : []), process.execPath, midiProgram, JSON.stringify(this.#options.options)];
    try {
      const child = spawn(command, args, { stdio: ["pipe", "ignore", "ignore", "pipe"] });
      this.#child = child;
      child.stdin?.on("error", () => {});
      this.#read(child);
      child.on("error", (error) => this.#ended(child, messageOf(error)));
      // Not `exit`: its last output may arrive after that.
      child.on("close", () => this.#ended(child, "it ended"));
      this.#options.onStart();
    } catch (error) {
      this.#ended(undefined, messageOf(error));
    }
  }

  #read(child: ChildProcess): void {
    const reports = child.stdio[3];
    if (!(reports instanceof Readable)) return;
    reports.on("error", () => {});
    createInterface({ input: reports }).on("line", (line) => {
      if (child === this.#child && !this.#closed) this.#take(parseJson(line));
    });
  }

  #take(line: unknown): void {
    const report = fromChildSchema.safeParse(line);
    if (!report.success) return;
    this.#reportedAt = performance.now();
    this.#hasReported = true;
    if ("message" in report.data) return this.#options.onMessage(report.data.message, report.data.us);
    if ("fault" in report.data) {
      this.#fault = { text: report.data.fault, todo: report.data.todo };
      return;
    }
    this.#status = report.data.status;
    this.#fault = undefined;
    this.#failures = 0;
  }

  #check(): void {
    const now = performance.now();
    if (now - this.#watchedAt > lateMs) this.#reportedAt = now;
    this.#watchedAt = now;
    if (now - this.#reportedAt > silenceMs) this.#child?.kill("SIGKILL");
  }

  #ended(child: ChildProcess | undefined, reason: string): void {
    if (child !== this.#child || this.#closed) return;
    this.#child = undefined;
    this.#status = undefined;
    if (this.#isRealtime && !this.#hasReported) {
      // No chrt, or it is not allowed.
      this.#isRealtime = false;
      this.#starts -= 1;
      this.#start();
      return;
    }
    this.#failures += 1;
    const delays = this.#fault === undefined ? restartMs : [faultMs];
    if (this.#fault === undefined && this.#failures >= restartMs.length) {
      this.#fault = { text: `the MIDI process does not stay: ${reason}`, todo: "restart the sound system, or switch MIDI off: vj config set sync_bridge midi=off" };
    }
    this.#again = setTimeout(() => this.#start(), delays[Math.min(this.#failures, delays.length) - 1]);
  }
}
