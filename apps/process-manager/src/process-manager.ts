import { killStrays, nameOwner, nameOwners } from "@vj/control";
import { watchWorkers } from "@vj/discovery";
import { createSerial, isWorkerName, managerName, messageOf } from "@vj/schema";
import type { Message, Reply } from "@vj/schema";
import { Worker, ok, packageVersion, processContext, serveBus } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { managerConfig, policyOf } from "./config.ts";
import type { ManagerOptions } from "./config.ts";
import { findWorkers } from "./find-workers.ts";
import { Fleet } from "./fleet.ts";
import { isEnabled, startsByItself } from "./intent.ts";
import type { Intent } from "./intent.ts";
import { managerCommands } from "./manager-commands.ts";
import { OtherRigs } from "./other-rigs.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";
import { readTargets, writeTargets } from "./targets.ts";
import { WorkerRequests } from "./worker-requests.ts";
import { viewWorker } from "./worker-view.ts";

/** Interval of the search for dead sockets, ms: they must be removed within 5 s. */
const sweepMs = 2000;

/** Starts the workers, restarts those that die, adopts those that run. */
export class ProcessManager extends Worker<typeof managerConfig> {
  readonly #options: ManagerOptions;
  readonly #fleet: Fleet;
  readonly #otherRigs: OtherRigs;
  #problems: readonly string[] = [];
  /** What people started and stopped, as far as it could not be saved, and why. It applies all the same. */
  #unsaved: { readonly intent: Partial<Intent>; readonly why: string } | undefined;
  /** Changes of the targets, one after the other: each is compared with the file that it was made from. */
  readonly #oneChange = createSerial();
  #closing = false;
  #keepWorkers = false;
  #started = false;
  #stopWatching = (): void => {};

  constructor(options: ManagerOptions, context: WorkerContext = processContext()) {
    const definition = {
      name: managerName,
      version: packageVersion(import.meta.url),
      description: "Starts the workers, restarts those that die, adopts those that run",
      config: managerConfig,
      overrides: options.overrides,
    };
    // The others register here, so it does not register itself.
    super(definition, { ...context, joinBus: serveBus });
    this.#options = options;
    this.#otherRigs = new OtherRigs(this.busDir);
    this.#fleet = new Fleet({
      busDir: this.busDir,
      policy: () => policyOf(this.config, this.#closing),
      log: (level, message) => this.log[level](message),
    });
  }

  protected override async onStart(): Promise<void> {
    const { project } = this.#options;
    if (!this.#started && project !== undefined && project !== this.config.project) await this.#rememberProject(project);
    this.#findWorkers();
    // `restart` also calls this, but does not restart the workers: there is a separate command for that.
    if (this.#started) return;
    this.#started = true;
    if (process.pid === 1) {
      this.log.warn("runs as the first process of a container, without an init: processes that end stay as zombies; use docker run --init");
    }
    try {
      killStrays(this.busDir);
    } catch (error) {
      this.log.warn(`cannot look for what workers left behind: ${messageOf(error)}`);
    }
    for (const worker of this.#fleet.all) if (this.#startsByItself(worker)) worker.request("start");
    const watch = watchWorkers({ busDir: this.busDir });
    watch.on("appear", (name) => this.#noticed(name));
    watch.on("problem", (problem) => this.log.warn(problem));
    // No event announces a worker that was too busy to identify itself, or that has died since.
    const sweep = setInterval(() => {
      for (const warning of this.#otherRigs.look(this.telemetry.stats().targets)) this.log.warn(warning);
      for (const name of watch.names()) if (this.#fleet.get(name)?.state.alive == null) this.#noticed(name);
    }, sweepMs);
    this.#stopWatching = () => {
      void watch.close();
      clearInterval(sweep);
    };
    // Names without a socket too: their process hangs, or is still starting.
    for (const name of nameOwners(this.busDir).keys()) this.#noticed(name);
  }

  /** A manager that lost its name to another one leaves the workers to it. */
  override stop(reason?: Error): Promise<void> {
    this.#closing = true;
    this.#keepWorkers ||= reason !== undefined;
    return super.stop(reason);
  }

  protected override async onStop(): Promise<void> {
    if (!this.#closing) return;
    this.#stopWatching();
    if (!this.#keepWorkers) {
      const left = await this.#fleet.stop(policyOf(this.config, true).stopMs + 1200);
      if (left.length > 0) this.log.error(`could not end: ${left.join(", ")}`);
    }
    this.#fleet.release();
  }

  /** The numbers are read again for each event, so only the folders need a search. */
  protected override onConfig(): Promise<string> {
    this.#findWorkers();
    return Promise.resolve("Config updated");
  }

  protected override onMessage = (message: Message): void => {
    if (message.type !== "register" && message.type !== "heartbeat") return;
    const worker = this.#fleet.get(message.worker);
    worker?.signOf(message.pid, message.type === "register" ? "answered" : "heartbeat");
    if (worker === undefined || worker.state.alive === null) this.#noticed(message.worker);
  };

  protected override getState(): Record<string, unknown> {
    const workers = this.#fleet.all;
    return {
      workers: Object.fromEntries(workers.map((worker) => [worker.name, viewWorker(worker, this.#intent)])),
      total_managed: workers.length,
      problems: this.#problems,
      warnings: this.#otherRigs.warnings,
      project: this.config.project === "" ? null : this.config.project,
      closing: this.#closing,
    };
  }

  protected override getCondition(): ReportedCondition | undefined {
    if (this.#unsaved === undefined) return undefined;
    const text = `what you started or stopped is not kept for the next start: ${this.#unsaved.why}`;
    return { level: "degraded", text, todo: "then start or stop any worker again, which saves all of it" };
  }

  protected override getStats(): Record<string, unknown> {
    const workers = this.#fleet.all;
    return {
      total_workers: workers.length,
      enabled_workers: workers.filter((worker) => this.#isEnabled(worker)).length,
      running_workers: workers.filter(({ state }) => state.alive !== null).length,
    };
  }

  protected override commands(): CommandTable {
    const requests = new WorkerRequests({
      fleet: this.#fleet,
      intent: () => this.#intent,
      remember: (changes) => this.#rememberIntent(changes),
      findWorkers: () => this.#findWorkers(),
      isClosing: () => this.#closing,
    });
    return managerCommands({
      startWorker: (name) => requests.start(name),
      stopWorker: (name) => requests.stop(name),
      restartWorker: (name) => requests.restart(name),
      startAll: () => requests.startAll(),
      stopAll: () => requests.stopAll(),
      getTargets: () => readTargets(this.environment),
      setTargets: (targets, revision) => this.#oneChange(() => writeTargets(this.environment, targets, revision)),
      shutdown: (keepWorkers) => this.#shutDown(keepWorkers),
    });
  }

  #shutDown(keepWorkers: boolean): Reply {
    this.#keepWorkers = keepWorkers;
    // After the reply is sent.
    setImmediate(() => void this.stop());
    return ok(keepWorkers ? "Shutting down; the workers go on" : "Shutting down with all workers");
  }

  #findWorkers(): void {
    const found = findWorkers({ named: this.config.workers, project: this.config.project === "" ? undefined : this.config.project });
    for (const problem of found.problems) if (!this.#problems.includes(problem)) this.log.error(problem);
    this.#problems = found.problems;
    this.#fleet.know(found);
  }

  /** A project that cannot be saved is used for this run, so that the rig still starts. */
  async #rememberProject(project: string): Promise<void> {
    try {
      await this.remember({ project });
    } catch (error) {
      this.log.warn(`cannot save the project ${project}: ${messageOf(error)}`);
    }
  }

  #noticed(name: string): void {
    if (this.#closing || name === managerName) return;
    // Endpoints of clients claim no name.
    if (!isWorkerName(name) && nameOwner(this.busDir, name) === undefined) return;
    this.#fleet.noticed(name).catch((error: unknown) => this.log.error(`cannot check ${name}: ${messageOf(error)}`));
  }

  #isEnabled({ name, program }: SupervisedWorker): boolean {
    return isEnabled(this.#intent, name, program?.enabled ?? false);
  }

  #startsByItself({ name, program }: SupervisedWorker): boolean {
    return this.#options.only?.includes(name) ?? startsByItself(this.#intent, name, program?.enabled ?? false);
  }

  get #intent(): Intent {
    return { ...this.config, ...this.#unsaved?.intent };
  }

  /** A person's request applies also while it cannot be saved. @returns why it was not saved */
  async #rememberIntent(changes: Partial<Intent>): Promise<string | undefined> {
    const intent = { ...this.#unsaved?.intent, ...changes };
    try {
      await this.remember(intent);
      this.#unsaved = undefined;
    } catch (error) {
      this.#unsaved = { intent, why: messageOf(error) };
      this.log.error(`what was started and stopped is not kept: ${messageOf(error)}`);
    }
    return this.#unsaved?.why;
  }
}

