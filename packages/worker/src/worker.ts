import { randomUUID } from "node:crypto";
import type { Peer, ReplyMessage } from "@vj/control";
import { RateLimit, limits, messageOf } from "@vj/schema";
import type { Command, Condition, Description, OscTable } from "@vj/schema";
import type { Telemetry } from "@vj/telemetry";
import type { z } from "zod";
import type { BusPresence } from "./bus-presence.ts";
import { createAnswers } from "./answers.ts";
import { CommandLog } from "./command-log.ts";
import { commonCommands } from "./common-commands.ts";
import { commonSettings, withCommonSettings } from "./common-settings.ts";
import type { CommandTable } from "./command-table.ts";
import { createConditionClock } from "./condition-clock.ts";
import { createDeferred } from "./deferred.ts";
import { describeWorker } from "./describe.ts";
import { folderProblems } from "./environment.ts";
import type { WorkerEnvironment } from "./environment.ts";
import { createLogger } from "./logger.ts";
import type { Logger, ProcessLogger } from "./logger.ts";
import { Mutes } from "./mutes.ts";
import { openTelemetry } from "./open-telemetry.ts";
import type { WorkerTelemetry } from "./open-telemetry.ts";
import { WorkerSettings } from "./settings.ts";
import { Subscriptions } from "./subscriptions.ts";
import { processContext } from "./worker-context.ts";
import type { WorkerContext } from "./worker-context.ts";
import type { WorkerDefinition } from "./worker-definition.ts";
import { WorkerHooks } from "./worker-hooks.ts";

/** Progress of a worker: `starting` from the call of `onStart`, so from then on `onStop` may have something to release. */
type Status = "new" | "opening" | "starting" | "running";

/** A worker: override the hooks, the rest is inherited. */
export abstract class Worker<C extends z.ZodObject = z.ZodObject, T extends OscTable = OscTable> extends WorkerHooks<C> implements AsyncDisposable {
  readonly name: string;
  readonly environment: WorkerEnvironment;
  readonly busDir: string;
  /** New for each process. */
  readonly instanceId = randomUUID().slice(0, 8);
  protected readonly log: Logger;
  protected readonly telemetry: Telemetry<T>;

  readonly #definition: WorkerDefinition<C, T> & { readonly config: C };
  readonly #context: WorkerContext;
  readonly #settings: WorkerSettings<C>;
  readonly #logger: ProcessLogger;
  readonly #telemetry: WorkerTelemetry<T>;
  readonly #subscriptions: Subscriptions;
  readonly #mutes: Mutes;
  readonly #condition = createConditionClock([
    () => this.#mutes.condition(),
    () => this.getCondition(),
    // Settings that are not in force although somebody made them, unusable targets and too many clients are faults.
    () => this.#settings.condition(),
    () => this.#telemetry.fault(),
    () => this.#presence?.condition(),
  ]);
  readonly #shortages = new RateLimit(limits.problemMs);
  readonly #stopping = createDeferred<void>();
  readonly #stopped = createDeferred<void>();
  #status: Status = "new";
  #commands: CommandTable = {};
  readonly #run = createAnswers({
    table: () => this.#commands,
    settings: () => this.#definition.config,
    other: (command, peer) => this.onCommand(command, peer),
    log: new CommandLog(() => this.log),
  });
  #presence: BusPresence | undefined;
  #opened: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;
  #description: Description | undefined;

  /** Resolves when it begins to stop, for any reason. */
  readonly stopping: Promise<void> = this.#stopping.promise;

  /** Resolves when the worker has stopped, on its own or on request; rejects when another process took its name. */
  readonly stopped: Promise<void> = this.#stopped.promise;

  /**
   * @param context its input from the process; default: read from the environment variables
   * @throws WorkerError `environment` when the environment cannot be read, or gives a setting an invalid value.
   */
  constructor(definition: WorkerDefinition<C, T>, context: WorkerContext = processContext()) {
    super();
    const { environment, busDir, print } = context;
    this.#definition = { ...definition, config: withCommonSettings(definition.config) };
    this.#context = context;
    this.name = definition.name;
    this.environment = environment;
    this.busDir = busDir;
    this.#logger = createLogger({ source: this.name, level: environment.logLevel, busDir, ...(print === undefined ? {} : { print }) });
    this.log = this.#logger.log;
    this.#settings = new WorkerSettings({
      schema: this.#definition.config,
      file: { dir: environment.configDir, worker: this.name },
      cacheDir: environment.cacheDir,
      overrides: definition.overrides,
      lastExit: environment.lastExit,
      hooks: {
        vet: (next, changes) => this.vetConfig(next, changes),
        apply: async (previous) => (await this.onConfig(previous)) ?? "Config updated",
        start: () => this.onStart(),
        stop: () => this.onStop(),
      },
      log: this.log,
    });
    this.#telemetry = openTelemetry(definition.osc, environment, this.log);
    this.telemetry = this.#telemetry.telemetry;
    this.#mutes = new Mutes(this.telemetry);
    this.#subscriptions = new Subscriptions(
      this.telemetry,
      () => commonSettings.safeParse(this.#settings.value).data?.allow_remote_subscribers ?? false,
    );
  }

  protected get config(): z.output<C> {
    return this.#settings.value;
  }

  /**
   * Changes settings on its own initiative, as `set_config` does but without `onConfig`, and saves them.
   * @throws WorkerError `settings` when a value is invalid or fixed by the environment; FileError when it cannot be saved.
   */
  protected remember(changes: Partial<z.input<C>>): Promise<void> {
    return this.#settings.remember(changes);
  }

  /**
   * Listens, registers, starts.
   * @throws AlreadyRunningError when another process has the name; any error of `onStart`.
   */
  async start(): Promise<void> {
    // Commands that arrive before the start is complete wait for this.
    this.#opened = this.#open();
    this.#opened.catch(() => {});
    try {
      await this.#opened;
    } catch (error) {
      this.#settings.crashed(error);
      throw error;
    }
    this.#status = "running";
    this.#settings.started();
    this.log.info({ pid: process.pid, instance: this.instanceId }, `${this.name} ${this.#definition.version} started`);
  }

  async #open(): Promise<void> {
    this.#status = "opening";
    this.#presence = await this.#context.joinBus({
      busDir: this.busDir,
      identity: this,
      osc: this.#definition.osc ?? {},
      onCommand: (command, peer) => this.#answer(command, peer),
      ...(this.onMessage === undefined ? {} : { onMessage: this.onMessage }),
      stats: () => ({ ...(this.#logger.lost > 0 ? { log_lines_lost: this.#logger.lost } : {}), ...this.getStats() }),
      condition: () => this.#condition(),
      onProblem: (problem) => this.log.warn(problem),
      onLost: (reason) => void this.stop(reason),
    });
    for (const problem of folderProblems(this.environment)) this.log.warn(problem);
    await this.#settings.open();
    this.#commands = { ...this.#commonCommands(), ...this.commands() };
    this.#telemetry.follow();
    this.#presence.announce();
    this.#status = "starting";
    await this.onStart();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Stops in order: its own resources, then the socket. Safe to call more than once. */
  stop(reason?: Error): Promise<void> {
    this.#stopping.resolve();
    this.#settings.changes.close();
    this.#closed ??= this.#close(reason);
    return this.#closed;
  }

  async #close(reason: Error | undefined): Promise<void> {
    try {
      await this.#opened.catch(() => {});
      this.#settings.close();
      // A worker that never started did not end in order, even if it was asked to end.
      if (this.#status === "running") this.#settings.stopped();
      if (this.#status === "starting" || this.#status === "running") await this.onStop();
    } catch (error) {
      this.log.error({ err: error }, "stopping failed; the process ends anyway");
    }
    await this.#presence?.close();
    await this.#telemetry.close();
    if (reason === undefined) this.log.info("stopped");
    else this.log.fatal(reason.message);
    await this.#logger.close();
    if (reason === undefined) this.#stopped.resolve();
    else this.#stopped.reject(reason);
  }

  /**
   * Logs that an operation failed because no descriptors are left, at most once in ten seconds.
   * @returns whether the worker can go on: only once it runs.
   */
  reportShortage(error: unknown): boolean {
    if (this.#status !== "running") return false;
    const held = this.#shortages.admit("descriptors", performance.now());
    if (held !== undefined) this.log.error(`no descriptors left, raise ulimit -n: ${messageOf(error)}`);
    return true;
  }

  /** Logs why the process is about to end; the supervisor reads it there. */
  reportCrash(error: unknown): void {
    this.#settings.crashed(error);
    this.log.fatal({ err: error }, messageOf(error));
  }

  #answer(command: Command, peer: Peer): ReplyMessage | Promise<ReplyMessage> {
    return this.#status === "running" ? this.#run(command, peer) : this.#opened.then(() => this.#run(command, peer));
  }

  #commonCommands(): CommandTable {
    return commonCommands({
      getState: () => this.#state(),
      describe: () =>
        (this.#description ??= describeWorker({ ...this.#definition, commands: this.#commands, osc: this.#definition.osc ?? {} })),
      changes: this.#settings.changes,
      shutdown: () => void setImmediate(() => void this.stop()),
      subscriptions: this.#subscriptions,
      mutes: this.#mutes,
    });
  }

  #state(): Record<string, unknown> {
    const condition: Condition | undefined = this.#condition();
    return {
      status: "running",
      worker: this.name,
      version: this.#definition.version,
      ...this.#presence?.state(),
      ...this.#settings.state(),
      telemetry: this.telemetry.stats(),
      ...(condition === undefined ? {} : { condition }),
      ...this.getState(),
    };
  }
}
