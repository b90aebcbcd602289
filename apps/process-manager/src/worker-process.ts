import { descendantsOf, forgetChild, identify, killGroup, killLeftBehind, killTree, messageOf, nameOwner, processClock, recordChild, startedSince, terminate, variableOf } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import type { LastExit } from "@vj/worker";
import { findOwner } from "./find-owner.ts";
import { lastLines, lastWords } from "./last-words.ts";
import { incarnationVariable, spawnWorker } from "./spawn-worker.ts";
import type { Child, ChildExit } from "./spawn-worker.ts";
import { watchGone } from "./watch-gone.ts";
import type { GoneWatch } from "./watch-gone.ts";
import { openLink } from "./worker-link.ts";
import type { LinkEvents } from "./worker-link.ts";
import type { WorkerProgram } from "./worker-package.ts";

/** The exit code of a worker that found another process under its name. */
const alreadyRunning = 3;

/** The keeper writes within milliseconds; somebody who inherited the output may hold it for ever. */
const outputMs = 250;

/** What a process said before it ended. */
export interface Said {
  readonly lastWords: string | undefined;
  readonly lines: readonly string[];
}

/** How a child ended, and who has the name if that was the reason. */
export interface ProcessEnd extends ChildExit, Said {
  readonly owner: ProcessIdentity | undefined;
}

/** The process of one incarnation, whether started here or adopted, and the connection to it. */
export class WorkerProcess {
  readonly #name: string;
  readonly #busDir: string;
  #identity: ProcessIdentity | undefined;
  /** What it had started when it was last looked at. */
  #descendants: readonly ProcessIdentity[] = [];
  /** When that was, as `processClock` gives it. */
  #lookedAt: number | undefined;
  /** What its children inherit from it. */
  #incarnation: string | undefined;
  #gone: GoneWatch | undefined;
  #closeLink: (() => void) | undefined;

  constructor(name: string, busDir: string) {
    this.#name = name;
    this.#busDir = busDir;
  }

  /**
   * Whoever serves the name now.
   * @param quick look at the locks only, which takes no round through the event loop: for a restart, where time counts
   * and anybody else who serves the name is found out by the exit code of the new process.
   */
  async findOwner(quick = false): Promise<ProcessIdentity | undefined> {
    return quick ? nameOwner(this.#busDir, this.#name) : findOwner(this.#name, this.#busDir);
  }

  /** Starts it as a child. @param lastExit how the process before it ended. @returns its pid, and why its output is not kept. @throws Error when there is no process to be had. */
  start(program: WorkerProgram, lastExit: LastExit | undefined, onEnd: (end: ProcessEnd) => void): { pid: number; problem: string | undefined } {
    const child = spawnWorker(program, this.#busDir, lastExit);
    const { pid, exited } = child;
    // A child keeps its pid until it is collected, which is not before the next turn of the event loop.
    const identity = identify(pid);
    this.#identity = identity;
    this.#incarnation = child.incarnation;
    if (identity !== undefined) recordChild(this.#busDir, this.#name, identity);
    void exited.then(async (exit) => onEnd(await this.#afterwards(child, identity, exit)));
    return { pid, problem: child.output.problem };
  }

  /** Takes a process that runs already. Its end is noticed by the lost connection, and looked for once per ping. */
  adopt(identity: ProcessIdentity, onEnd: (said: Said) => void): void {
    this.#identity = identity;
    // One that nobody supervised before has none.
    this.#incarnation = variableOf(identity.pid, incarnationVariable);
    // How it ended is unknown, and an older error in its log explains nothing.
    const query = { busDir: this.#busDir, name: this.#name, bornAt: 0, maxAgeMs: 2000 };
    this.#gone = watchGone(identity, () => {
      forgetChild(this.#busDir, this.#name, identity);
      const problem = attempt(() => this.#killLeftBehind(identity));
      onEnd({ lastWords: lastWords(query) ?? problem, lines: lastLines(query) });
    });
  }

  /** Asks it once per `pingMs` whether it is well. */
  follow(pingMs: () => number, events: Omit<LinkEvents, "lost">): void {
    this.#closeLink = openLink(this.#name, this.#busDir, pingMs, {
      ...events,
      asked: () => {
        this.#gone?.check();
        events.asked();
      },
      lost: () => this.#gone?.checkClosely(),
    });
  }

  /** Remembers what it has started: those with a session of their own cannot be found any more once it has died. */
  look(): void {
    const identity = this.#identity;
    if (identity === undefined) return;
    const at = processClock();
    attempt(() => (this.#descendants = descendantsOf(identity)));
    this.#lookedAt = at;
  }

  /** Kills what it left behind: also what it started after the last look, that has a session of its own. */
  #killLeftBehind(identity: ProcessIdentity): void {
    const mark = this.#incarnation;
    const unseen = mark === undefined ? [] : startedSince(this.#lookedAt ?? identity.start, incarnationVariable, mark);
    killLeftBehind(identity, [...this.#descendants, ...unseen]);
  }

  terminate(): void {
    this.look();
    if (this.#identity !== undefined) terminate(this.#identity);
  }

  /** With everything that it started, whether this manager started it or an earlier one. */
  kill(): void {
    if (this.#identity !== undefined) killTree(this.#identity);
  }

  async #afterwards({ output, bornAt }: Child, identity: ProcessIdentity | undefined, exit: ChildExit): Promise<ProcessEnd> {
    const query = { busDir: this.#busDir, name: this.#name, bornAt, output: output.mark };
    const mayExplain = explains(exit);
    try {
      if (identity !== undefined) {
        // At once what holds the devices that the next process wants; the rest while that one starts.
        killGroup(identity);
        forgetChild(this.#busDir, this.#name, identity);
        setImmediate(() => attempt(() => this.#killLeftBehind(identity)));
      }
      if (mayExplain) await output.finished(outputMs);
      const said = { lastWords: mayExplain ? lastWords(query) : undefined, lines: lastLines(query) };
      return { ...exit, ...said, owner: exit.code === alreadyRunning ? await this.findOwner() : undefined };
    } catch (error) {
      return { ...exit, owner: undefined, lastWords: messageOf(error), lines: lastLines(query) };
    }
  }

  /** Ends the connection; the process stays as it is. */
  close(): void {
    this.#gone?.stop();
    this.#closeLink?.();
  }
}

/** A process killed by a signal from outside leaves no useful last words. */
function explains({ code, signal }: ChildExit): boolean {
  return signal === null ? code !== 0 : !["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"].includes(signal);
}

/** @returns what went wrong, for a person. */
function attempt(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
