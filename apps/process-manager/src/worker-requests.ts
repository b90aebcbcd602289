import { phaseOf } from "@vj/supervisor";
import type { Reply } from "@vj/schema";
import { failed, ok } from "@vj/worker";
import type { Fleet } from "./fleet.ts";
import { afterStart, afterStop, isEnabled } from "./intent.ts";
import type { Intent } from "./intent.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";

/** A reply contains the outcome if that is known within this time, milliseconds; clients wait 2 s. */
const replyWaitMs = 1500;

/** The parts of the manager that a human's requests use. */
export interface RequestContext {
  readonly fleet: Fleet;
  intent(): Intent;
  /** Saves a changed intent. */
  remember(changes: Partial<Intent>): Promise<void>;
  /** Searches for worker packages again: one may have been added. */
  findWorkers(): void;
  isClosing(): boolean;
}

/** Carries out a human's requests: acts, saves the intent, and waits briefly for the outcome. */
export class WorkerRequests {
  readonly #context: RequestContext;
  #saving: Promise<void> = Promise.resolve();

  constructor(context: RequestContext) {
    this.#context = context;
  }

  start(name: string): Promise<Reply> {
    return this.#withWorker(name, async (worker) => {
      const refused = worker.request("start");
      if (refused !== null) return failed(`${name} is not started: ${refused}`);
      await this.#rememberStart(worker);
      return this.#arrived(worker, "Started");
    });
  }

  stop(name: string): Promise<Reply> {
    return this.#withWorker(name, async (worker) => {
      const refused = worker.request("stop");
      if (refused !== null) return failed(`${name} is not stopped: ${refused}`);
      await this.#remember((intent) => afterStop(intent, name));
      return ok((await hasEnded(worker)) ? `Stopped ${name}` : `Stopping ${name}`);
    });
  }

  restart(name: string): Promise<Reply> {
    return this.#withWorker(name, async (worker) => {
      const before = worker.state.alive?.id;
      const refused = worker.request("restart");
      if (refused !== null) return failed(`${name} is not restarted: ${refused}`);
      await this.#rememberStart(worker);
      await worker.until(({ alive }) => alive !== null && alive.id !== before, replyWaitMs);
      return this.#arrived(worker, "Restarted");
    });
  }

  /** Starts every enabled worker. */
  async startAll(): Promise<Reply> {
    const { fleet, intent, findWorkers, isClosing } = this.#context;
    if (isClosing()) return closing();
    findWorkers();
    const started = fleet.all
      .filter(({ name, program }) => isEnabled(intent(), name, program?.enabled ?? false))
      .filter((worker) => worker.request("start") === null);
    await this.#remember(() => ({ stopped: [] }));
    await Promise.all(started.map(isRunning));
    return ok(started.length === 0 ? "All are running" : `Started ${list(started)}`);
  }

  /** Stops every worker, known or foreign. */
  async stopAll(): Promise<Reply> {
    const { all } = this.#context.fleet;
    const stopped = all.filter((worker) => worker.request("stop") === null);
    await this.#remember(() => ({ stopped: all.map(({ name }) => name) }));
    await Promise.all(stopped.map(hasEnded));
    return ok(stopped.length === 0 ? "None was running" : `Stopped ${list(stopped)}`);
  }

  async #withWorker(name: string, act: (worker: SupervisedWorker) => Promise<Reply>): Promise<Reply> {
    const { fleet, findWorkers, isClosing } = this.#context;
    if (isClosing()) return closing();
    if (fleet.get(name)?.program === undefined) findWorkers();
    const worker = fleet.get(name);
    if (worker !== undefined) return act(worker);
    return failed(`unknown worker "${name}"; there are: ${list(fleet.all)}`, "bad_arguments", [{ path: "worker", message: "unknown worker" }]);
  }

  #rememberStart({ name, program }: SupervisedWorker): Promise<void> {
    return this.#remember((intent) => afterStart(intent, name, program?.enabled ?? false));
  }

  /** One after the other, each based on the values saved before: two simultaneous requests must not lose one. */
  #remember(change: (intent: Intent) => Partial<Intent>): Promise<void> {
    const save = (): Promise<void> => this.#context.remember(change(this.#context.intent()));
    const saved = this.#saving.then(save, save);
    this.#saving = saved;
    return saved;
  }

  async #arrived(worker: SupervisedWorker, done: string): Promise<Reply> {
    const up = await isRunning(worker);
    const pid = worker.state.alive?.pid ?? null;
    return ok(up ? `${done} ${worker.name} (pid ${pid})` : `Starting ${worker.name}`, { pid });
  }
}

function isRunning(worker: SupervisedWorker): Promise<boolean> {
  return worker.until((state) => phaseOf(state) === "running", replyWaitMs);
}

function hasEnded(worker: SupervisedWorker): Promise<boolean> {
  return worker.until(({ alive }) => alive === null, replyWaitMs);
}

function list(workers: readonly SupervisedWorker[]): string {
  return workers.length === 0 ? "none" : workers.map(({ name }) => name).join(", ");
}

function closing(): Reply {
  return failed("the process manager is shutting down", "unavailable");
}
