import path from "node:path";
import { identify, killGroup, killLeftBehind, killTree, messageOf, nameOwner, terminate } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { findOwner } from "./find-owner.ts";
import { lastLines, lastWords } from "./last-words.ts";
import { logFolder } from "./output-file.ts";
import { spawnWorker } from "./spawn-worker.ts";
import type { ChildExit } from "./spawn-worker.ts";
import { watchGone } from "./watch-gone.ts";
import type { GoneWatch } from "./watch-gone.ts";
import { openLink } from "./worker-link.ts";
import type { LinkEvents } from "./worker-link.ts";
import type { WorkerProgram } from "./worker-package.ts";

/** The exit code of a worker that found another process under its name. */
const alreadyRunning = 3;

/** How a child ended, and who has the name if that was the reason. */
export interface ProcessEnd extends ChildExit {
  readonly owner: ProcessIdentity | undefined;
}

/** The process of one incarnation, whether started here or adopted, and the connection to it. */
export class WorkerProcess {
  readonly #name: string;
  readonly #busDir: string;
  #identity: ProcessIdentity | undefined;
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

  /** Starts it as a child. @returns its pid. @throws Error when there is no process to be had. */
  start(program: WorkerProgram, onEnd: (end: ProcessEnd) => void): number {
    const { pid, exited } = spawnWorker(program, this.#busDir);
    // A child keeps its pid until it is collected, which is not before the next turn of the event loop.
    const identity = identify(pid);
    this.#identity = identity;
    void exited.then(async (exit) => onEnd(await this.#afterwards(identity, exit)));
    return pid;
  }

  /** Takes a process that runs already. Its end is noticed by the lost connection, and looked for once per ping. */
  adopt(identity: ProcessIdentity, onEnd: (said: Pick<ChildExit, "lastWords" | "lines">) => void): void {
    this.#identity = identity;
    const logFile = path.join(logFolder(this.#busDir), `${this.#name}.log`);
    // Nobody tells how it ended, and an older error in its log explains nothing.
    const query = { logFile, bornAt: 0, maxAgeMs: 2000 };
    this.#gone = watchGone(identity, () => {
      const problem = attempt(() => killLeftBehind(identity));
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
      lost: () => this.#gone?.suspect(),
    });
  }

  terminate(): void {
    if (this.#identity !== undefined) terminate(this.#identity);
  }

  /** With everything that it started, whether this manager started it or an earlier one. */
  kill(): void {
    if (this.#identity !== undefined) killTree(this.#identity);
  }

  async #afterwards(identity: ProcessIdentity | undefined, exit: ChildExit): Promise<ProcessEnd> {
    try {
      if (identity !== undefined) {
        // At once what holds the devices that the next process wants; the rest while that one starts.
        killGroup(identity);
        setImmediate(() => attempt(() => killLeftBehind(identity)));
      }
      return { ...exit, owner: exit.code === alreadyRunning ? await this.findOwner() : undefined };
    } catch (error) {
      return { ...exit, owner: undefined, lastWords: exit.lastWords ?? messageOf(error) };
    }
  }

  /** Ends the connection; the process stays as it is. */
  close(): void {
    this.#gone?.stop();
    this.#closeLink?.();
  }
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
