import { setImmediate as nextTurn } from "node:timers/promises";
import { removeDead } from "@vj/discovery";
import type { FoundWorkers } from "./find-workers.ts";
import { findOwner } from "./find-owner.ts";
import { SupervisedWorker } from "./supervised-worker.ts";
import type { Supervision } from "./supervised-worker.ts";

/** All workers: those with a known program, and those found on the bus. */
export class Fleet {
  readonly #workers = new Map<string, SupervisedWorker>();
  readonly #supervision: Supervision;
  #closed = false;

  constructor(supervision: Omit<Supervision, "onForeignGone">) {
    this.#supervision = { ...supervision, onForeignGone: (name) => void this.#workers.delete(name) };
  }

  /** By name, in alphabetical order. */
  get all(): readonly SupervisedWorker[] {
    return [...this.#workers.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  get(name: string): SupervisedWorker | undefined {
    return this.#workers.get(name);
  }

  /** Takes over the packages found on disk. A worker that runs is kept when its program is gone. */
  know({ programs }: FoundWorkers): void {
    for (const [name, program] of programs) this.#entry(name).program = program;
  }

  /**
   * A worker of this name was found on the bus: adopts its process unless that is known already. Removes a socket whose
   * owner is proven dead.
   */
  async noticed(name: string): Promise<void> {
    if (this.#workers.get(name)?.state.alive != null) return;
    const { busDir } = this.#supervision;
    const owner = await findOwner(name, busDir);
    if (this.#closed) return;
    if (owner !== undefined) return this.#entry(name).found(owner);
    if (this.#workers.get(name)?.state.alive == null) await removeDead(name, { busDir });
  }

  /** Ends all processes, in parallel. @returns the names of those that still run after `limitMs`. */
  async stop(limitMs: number): Promise<string[]> {
    this.#closed = true;
    const workers = this.all;
    for (const worker of workers) worker.request("stop");
    const ended = await Promise.all(workers.map((worker) => worker.until(({ alive }) => alive === null, limitMs)));
    // What they left behind is ended in the next turn of the event loop, and this process must not end before.
    await nextTurn();
    return workers.filter((_, index) => ended[index] !== true).map(({ name }) => name);
  }

  /** Releases all processes without touching them. */
  release(): void {
    this.#closed = true;
    for (const worker of this.#workers.values()) worker.release();
  }

  #entry(name: string): SupervisedWorker {
    const known = this.#workers.get(name);
    if (known !== undefined) return known;
    const worker = new SupervisedWorker(name, undefined, this.#supervision);
    this.#workers.set(name, worker);
    return worker;
  }
}
