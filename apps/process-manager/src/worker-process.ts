import { createClient, forgetChild, identify, killGroup, killLeftBehind, killTree, nameOwner, recordChild, startedSince, terminate, variableOf } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { messageOf } from "@vj/schema";
import type { LastExit } from "@vj/worker";
import { createDescendants } from "./descendants.ts";
import type { LookOptions } from "./descendants.ts";
import { findOwner } from "./find-owner.ts";
import { lastLines, lastWords } from "./last-words.ts";
import { incarnationVariable, spawnWorker } from "./spawn-worker.ts";
import type { Child, ChildExit } from "./spawn-worker.ts";
import { watchGone } from "./watch-gone.ts";
import type { GoneWatch } from "./watch-gone.ts";
import { pingWorker } from "./ping-worker.ts";
import type { PingEvents } from "./ping-worker.ts";
import type { WorkerProgram } from "./worker-package.ts";

const lookFor = createDescendants();

/** Exit code of a worker whose name another process already has. */
const alreadyRunning = 3;

/**
 * Longest wait for the output: the keeper writes within milliseconds, but a process that inherited the output may hold it
 * for ever.
 */
const outputMs = 250;

/** The last output of a process before it ended. */
export interface LastOutput {
  readonly lastWords: string | undefined;
  readonly lines: readonly string[];
}

/** How a child ended, and the process that has the name if that was the reason. */
export interface ProcessEnd extends ChildExit, LastOutput {
  readonly owner: ProcessIdentity | undefined;
}

/** The process of one incarnation, started or adopted, and the connection to it. */
export class WorkerProcess {
  readonly #name: string;
  readonly #busDir: string;
  #identity: ProcessIdentity | undefined;
  /** Its descendants at the last look. */
  #descendants: readonly ProcessIdentity[] = [];
  /** Time of the last look before it was asked to end, on `processClock`. */
  #lookedAt: number | undefined;
  #ending = false;
  /** The value that its children inherit. */
  #incarnation: string | undefined;
  #gone: GoneWatch | undefined;
  #stopPings: (() => void) | undefined;

  constructor(name: string, busDir: string) {
    this.#name = name;
    this.#busDir = busDir;
  }

  /**
   * The process that serves the name at the moment.
   * @param quick check only the locks, without a turn of the event loop: for a restart, where time matters, and where
   * another process with the name shows in the exit code of the new one.
   */
  async findOwner(quick = false): Promise<ProcessIdentity | undefined> {
    return quick ? nameOwner(this.#busDir, this.#name) : findOwner(this.#name, this.#busDir);
  }

  /**
   * Starts it as a child. @param lastExit how the previous process ended. @returns its pid, and why its output is not
   * kept. @throws Error when it cannot be started.
   */
  start(program: WorkerProgram, lastExit: LastExit | undefined, onEnd: (end: ProcessEnd) => void): { pid: number; problem: string | undefined } {
    const child = spawnWorker(program, this.#busDir, lastExit);
    const { pid, exited } = child;
    // A child keeps its pid until it is collected, and that is not before the next turn of the event loop.
    const identity = identify(pid);
    this.#identity = identity;
    this.#incarnation = child.incarnation;
    if (identity !== undefined) recordChild(this.#busDir, this.#name, identity);
    void exited.then(async (exit) => onEnd(await this.#afterwards(child, identity, exit)));
    return { pid, problem: child.output.problem };
  }

  /** Adopts a running process. Its end is detected by the lost connection, and checked once per ping. */
  adopt(identity: ProcessIdentity, onEnd: (output: LastOutput) => void): void {
    this.#identity = identity;
    // A process that was never supervised has none.
    this.#incarnation = variableOf(identity.pid, incarnationVariable);
    // The reason of its end is unknown, and an older error in its log does not explain it.
    const query = { busDir: this.#busDir, name: this.#name, bornAt: 0, maxAgeMs: 2000 };
    this.#gone = watchGone(identity, () => {
      forgetChild(this.#busDir, this.#name, identity);
      const problem = attempt(() => this.#killLeftBehind(identity));
      onEnd({ lastWords: lastWords(query) ?? problem, lines: lastLines(query) });
    });
  }

  /** Pings it once per `pingMs`. */
  follow(pingMs: () => number, events: Omit<PingEvents, "lost">): void {
    this.#stopPings = pingWorker(createClient(this.#name, { busDir: this.#busDir }), pingMs, {
      ...events,
      asked: () => {
        this.#gone?.check();
        events.asked();
      },
      lost: () => this.#gone?.checkClosely(),
    });
  }

  /** Records its descendants: once it has died, those with a session of their own can no longer be found. */
  look(options?: LookOptions): void {
    const identity = this.#identity;
    if (identity === undefined || this.#ending) return;
    attempt(() => ({ list: this.#descendants, at: this.#lookedAt } = lookFor(identity, options)));
  }

  /**
   * Kills the processes that it left behind, including those with a session of their own that it started after the last look, for example
   * while it was ending.
   */
  #killLeftBehind(identity: ProcessIdentity): void {
    const mark = this.#incarnation;
    const unseen = mark === undefined ? [] : startedSince(this.#lookedAt ?? identity.start, incarnationVariable, mark);
    killLeftBehind(identity, [...this.#descendants, ...unseen]);
  }

  terminate(): void {
    this.look({ isFresh: true });
    this.#ending = true;
    if (this.#identity !== undefined) terminate(this.#identity);
  }

  /** Kills it with everything that it started, whether this manager or an earlier one started it. */
  kill(): void {
    if (this.#identity !== undefined) killTree(this.#identity);
  }

  async #afterwards({ output, bornAt }: Child, identity: ProcessIdentity | undefined, exit: ChildExit): Promise<ProcessEnd> {
    const query = { busDir: this.#busDir, name: this.#name, bornAt, output: output.mark };
    const mayExplain = explains(exit);
    try {
      if (identity !== undefined) {
        // First the processes that hold the devices that the next process needs; the rest while that one starts.
        killGroup(identity);
        forgetChild(this.#busDir, this.#name, identity);
        setImmediate(() => attempt(() => this.#killLeftBehind(identity)));
      }
      if (mayExplain) await output.finished(outputMs);
      const last: LastOutput = { lastWords: mayExplain ? lastWords(query) : undefined, lines: lastLines(query) };
      return { ...exit, ...last, owner: exit.code === alreadyRunning ? await this.findOwner() : undefined };
    } catch (error) {
      return { ...exit, owner: undefined, lastWords: messageOf(error), lines: lastLines(query) };
    }
  }

  /** Ends the connection; the process is not touched. */
  close(): void {
    this.#gone?.stop();
    this.#stopPings?.();
  }
}

/** A process killed by a signal from outside leaves no useful last words. */
function explains({ code, signal }: ChildExit): boolean {
  return signal === null ? code !== 0 : !["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"].includes(signal);
}

/** @returns the fault, for a person. */
function attempt(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
