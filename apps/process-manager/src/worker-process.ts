import { findOwner } from "./find-owner.ts";
import { kill, killGroup, terminate } from "./signal-process.ts";
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
  readonly owner: number | undefined;
}

/** The process of one incarnation, whether started here or adopted, and the connection to it. */
export class WorkerProcess {
  readonly #name: string;
  readonly #busDir: string;
  #pid: number | undefined;
  /** Started here, so it leads a process group with what it started itself. */
  #child = false;
  #gone: GoneWatch | undefined;
  #closeLink: (() => void) | undefined;

  constructor(name: string, busDir: string) {
    this.#name = name;
    this.#busDir = busDir;
  }

  /** The pid of whoever serves the name now. */
  findOwner(): Promise<number | undefined> {
    return findOwner(this.#name, this.#busDir);
  }

  /** Starts it as a child. @returns its pid. @throws Error when there is no process to be had. */
  start(program: WorkerProgram, onEnd: (end: ProcessEnd) => void): number {
    const { pid, exited } = spawnWorker(program, this.#busDir);
    this.#pid = pid;
    this.#child = true;
    void exited.then(async (exit) => {
      killGroup(pid);
      onEnd({ ...exit, owner: exit.code === alreadyRunning ? await this.findOwner() : undefined });
    });
    return pid;
  }

  /** Takes a process that runs already. Its end is noticed by the lost connection, and looked for once per ping. */
  adopt(pid: number, onEnd: () => void): void {
    this.#pid = pid;
    this.#gone = watchGone(pid, onEnd);
  }

  /** Asks it once per `pingMs` whether it is well. */
  follow(pingMs: number, events: Omit<LinkEvents, "lost">): void {
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
    if (this.#pid !== undefined) terminate(this.#pid);
  }

  kill(): void {
    if (this.#pid === undefined) return;
    if (this.#child) killGroup(this.#pid);
    kill(this.#pid);
  }

  /** Ends the connection; the process stays as it is. */
  close(): void {
    this.#gone?.stop();
    this.#closeLink?.();
  }
}
