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
  /** Applies and saves a changed intent. @returns why it could not be saved; it applies all the same. Never rejects */
  remember(changes: Partial<Intent>): Promise<string | undefined>;
  /** Searches for worker packages again: one may have been added. */
  findWorkers(): void;
  isClosing(): boolean;
}

/** Carries out a human's requests: acts, saves the intent, and waits briefly for the outcome. */
export class WorkerRequests {
  readonly #context: RequestContext;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(context: RequestContext) {
    this.#context = context;
  }

  start(name: string): Promise<Reply> {
    return this.#withWorker(name, async (worker) => {
      const refused = worker.request("start");
      if (refused !== null) return failed(`${name} is not started: ${refused}`);
      return this.#arrived(worker, "Started", await this.#rememberStart(worker));
    });
  }

  stop(name: string): Promise<Reply> {
    return this.#withWorker(name, async (worker) => {
      const refused = worker.request("stop");
      if (refused !== null) return failed(`${name} is not stopped: ${refused}`);
      const note = await this.#remember((intent) => afterStop(intent, name));
      return ok(((await hasEnded(worker)) ? `Stopped ${name}` : `Stopping ${name}`) + note);
    });
  }

  restart(name: string): Promise<Reply> {
    return this.#withWorker(name, async (worker) => {
      const before = worker.state.alive?.id;
      const refused = worker.request("restart");
      if (refused !== null) return failed(`${name} is not restarted: ${refused}`);
      const note = await this.#rememberStart(worker);
      await worker.until(({ alive }) => alive !== null && alive.id !== before, replyWaitMs);
      return this.#arrived(worker, "Restarted", note);
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
    const note = await this.#remember(() => ({ stopped: [] }));
    await Promise.all(started.map(isRunning));
    return ok((started.length === 0 ? "All are running" : `Started ${list(started)}`) + note);
  }

  /** Stops every worker, known or foreign. */
  async stopAll(): Promise<Reply> {
    const { all } = this.#context.fleet;
    const stopped = all.filter((worker) => worker.request("stop") === null);
    const note = await this.#remember(() => ({ stopped: all.map(({ name }) => name) }));
    await Promise.all(stopped.map(hasEnded));
    return ok((stopped.length === 0 ? "None was running" : `Stopped ${list(stopped)}`) + note);
  }

  async #withWorker(name: string, act: (worker: SupervisedWorker) => Promise<Reply>): Promise<Reply> {
    const { fleet, findWorkers, isClosing } = this.#context;
    if (isClosing()) return closing();
    if (fleet.get(name)?.program === undefined) findWorkers();
    const worker = fleet.get(name);
    if (worker !== undefined) return act(worker);
    return failed(`unknown worker "${name}"; there are: ${list(fleet.all)}`, "bad_arguments", [{ path: "worker", message: "unknown worker" }]);
  }

  #rememberStart({ name, program }: SupervisedWorker): Promise<string> {
    return this.#remember((intent) => afterStart(intent, name, program?.enabled ?? false));
  }

  /**
   * One after the other, each based on the values saved before: two simultaneous requests must not lose one.
   * @returns the end of the reply: why the next manager will not know of the request; empty when it will
   */
  #remember(change: (intent: Intent) => Partial<Intent>): Promise<string> {
    const saved = this.#saving.then(async () => {
      const why = await this.#context.remember(change(this.#context.intent()));
      return why === undefined ? "" : `; not kept for the next start: ${why}`;
    });
    this.#saving = saved;
    return saved;
  }

  async #arrived(worker: SupervisedWorker, done: string, note: string): Promise<Reply> {
    const up = await isRunning(worker);
    const pid = worker.state.alive?.pid ?? null;
    return ok((up ? `${done} ${worker.name} (pid ${pid})` : `Starting ${worker.name}`) + note, { pid });
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
