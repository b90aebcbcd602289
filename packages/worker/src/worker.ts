import { randomUUID } from "node:crypto";
import { busDir, messageOf, serve, socketPath } from "@vj/control";
import type { ControlServer, Peer, ReplyMessage } from "@vj/control";
import { RateLimit, limits, managerName, protocolVersion } from "@vj/schema";
import type { Command, Description, Heartbeat, Message, OscTable, Reply } from "@vj/schema";
import type { Telemetry } from "@vj/telemetry";
import type { z } from "zod";
import { changeConfig, refusal, rememberConfig, takeEdit } from "./change-config.ts";
import type { ConfigHooks, VettedConfig } from "./change-config.ts";
import { ChangeQueue } from "./change-queue.ts";
import { commonCommands } from "./common-commands.ts";
import { commonSettings, withCommonSettings } from "./common-settings.ts";
import type { CommandTable } from "./command-table.ts";
import { createConditionClock } from "./condition-clock.ts";
import type { ToldCondition } from "./condition-clock.ts";
import { ConfigStore } from "./config-store.ts";
import { describeWorker } from "./describe.ts";
import { readEnvironment } from "./environment.ts";
import type { WorkerEnvironment } from "./environment.ts";
import { createLogger } from "./logger.ts";
import type { Logger, ProcessLogger } from "./logger.ts";
import { openTelemetry } from "./open-telemetry.ts";
import type { WorkerTelemetry } from "./open-telemetry.ts";
import { Pulse } from "./pulse.ts";
import { register } from "./registration.ts";
import type { Registration } from "./registration.ts";
import { failed, ok, toReplyMessage } from "./reply.ts";
import { SafeStart } from "./safe-start.ts";
import { withoutSecrets } from "./setting-marks.ts";
import { createSerial } from "./serial.ts";
import { watchSettings } from "./settings-watch.ts";
import { Subscriptions } from "./subscriptions.ts";
import type { WorkerDefinition } from "./worker-definition.ts";

/** A worker: four hooks to fill in, everything else inherited. */
export abstract class Worker<C extends z.ZodObject = z.ZodObject, T extends OscTable = OscTable> {
  readonly name: string;
  readonly environment: WorkerEnvironment;
  readonly busDir: string;
  /** New for each process. */
  readonly instanceId = randomUUID().slice(0, 8);
  protected readonly log: Logger;
  protected readonly telemetry: Telemetry<T>;

  readonly #definition: WorkerDefinition<C, T>;
  readonly #config: ConfigStore<C>;
  readonly #safeStart: SafeStart<C>;
  /** What in its configuration file could not be used. */
  #configProblem: string | null = null;
  /** It concerns settings that somebody wants and that are not in force. */
  #configLost = false;
  readonly #logger: ProcessLogger;
  readonly #telemetry: WorkerTelemetry<T>;
  readonly #subscriptions: Subscriptions;
  readonly #pulse: Pulse;
  readonly #condition = createConditionClock(() => this.#tellCondition());
  readonly #serial = createSerial();
  readonly #shortages = new RateLimit(limits.problemMs);
  readonly #changes = new ChangeQueue(
    {
      refusal: (changes) => refusal(this.#config, changes),
      setConfig: (changes) => this.#setConfig(changes),
      restart: () => this.#restart(),
    },
    this.#serial,
  );
  #commands: CommandTable = {};
  #server: ControlServer | undefined;
  #registration: Registration | undefined;
  #running: Promise<void> = Promise.resolve();
  /** `onStart` was called, so `onStop` has something to release. */
  #begun = false;
  #started = false;
  #stopWatching = (): void => {};
  #stopping: Promise<void> | undefined;
  #description: Description | undefined;
  #settleStopped: (error?: Error) => void = () => {};
  #settleStopping: () => void = () => {};

  /** Resolves when it begins to stop, whoever asked for that. */
  readonly stopping: Promise<void>;

  /** Resolves when the worker has stopped by itself or on request; rejects when another process took its name. */
  readonly stopped: Promise<void>;

  /** @throws Error when the environment cannot be read. */
  constructor(definition: WorkerDefinition<C, T>) {
    this.#definition = { ...definition, config: withCommonSettings(definition.config) };
    this.name = definition.name;
    this.environment = readEnvironment();
    this.busDir = busDir();
    this.#config = new ConfigStore(
      this.#definition.config,
      { dir: this.environment.configDir, worker: definition.name },
      definition.overrides,
    );
    this.#logger = createLogger({
      source: definition.name,
      level: this.environment.logLevel,
      busDir: this.busDir,
      ...(this.environment.supervised ? {} : { print: (text: string) => process.stderr.write(`${text}\n`) }),
    });
    this.log = this.#logger.log;
    this.#safeStart = new SafeStart({
      store: this.#config,
      lastExit: this.environment.lastExit,
      onProblem: (problem) => this.log.warn(problem),
    });
    this.#telemetry = openTelemetry(definition.osc, this.environment, this.log);
    this.telemetry = this.#telemetry.telemetry;
    this.#pulse = new Pulse(this, () => ({
      ...(this.#logger.lost > 0 ? { log_lines_lost: this.#logger.lost } : {}),
      ...this.getStats(),
    }), this.#condition);
    this.#subscriptions = new Subscriptions(
      this.telemetry,
      () => commonSettings.safeParse(this.#config.value).data?.allow_remote_subscribers ?? false,
    );
    this.stopping = new Promise((resolve) => (this.#settleStopping = resolve));
    this.stopped = new Promise((resolve, reject) => {
      this.#settleStopped = (error) => (error === undefined ? resolve() : reject(error));
    });
    // Nobody may be waiting when it rejects; whoever waits later still learns it.
    this.stopped.catch(() => {});
  }

  /** The settings in force. */
  protected get config(): z.output<C> {
    return this.#config.value;
  }

  /** Opens resources. Quick: commands wait for it, so hardware and network are waited for elsewhere. */
  protected onStart(): void | Promise<void> {}

  /** Releases what `onStart` opened. */
  protected onStop(): void | Promise<void> {}

  /** The commands it knows, with their arguments. Asked once, at start. */
  protected commands(): CommandTable {
    return {};
  }

  /** Answers a command that is in no table. */
  protected onCommand(command: Command, _peer: Peer): Reply | Promise<Reply> {
    return failed(`unknown command "${command.cmd}"; ask describe for those that ${this.name} knows`);
  }

  /** Its own part of the heartbeat's `stats`. */
  protected getStats(): Record<string, unknown> {
    return {};
  }

  /** Whether it does its job, for the heartbeat and `get_state`; undefined: it does not tell. */
  protected getCondition(): ToldCondition | undefined {
    return undefined;
  }

  /**
   * Looks at changed settings that fit the schema, before they are saved: whether what they name is there.
   * @param next the settings as they would be. @param changes what would be set
   * @returns what is to be set, or why the change is refused
   */
  protected async vetConfig(_next: z.output<C>, changes: Record<string, unknown>): Promise<VettedConfig> {
    return { ok: true, changes };
  }

  /** Its own part of `get_state`. */
  protected getState(): Record<string, unknown> {
    return {};
  }

  /**
   * Puts changed settings into force; `this.config` is new already. The default stops and starts in place.
   * What it throws undoes the change.
   * @returns the message of the reply.
   */
  protected async onConfig(_previous: z.output<C>): Promise<string> {
    await this.onStop();
    await this.onStart();
    return "Config updated";
  }

  /**
   * Changes settings of its own accord, as `set_config` does but without `onConfig`, and remembers them.
   * @throws Error when a value does not fit, is fixed by the environment, or cannot be saved.
   */
  protected remember(changes: Partial<z.input<C>>): Promise<void> {
    return this.#serial(async () => {
      await rememberConfig(this.#config, changes);
      this.#safeStart.watch();
    });
  }

  /** Messages that are no commands: `register` and `heartbeat`, for a supervisor. Undefined: not expected here. */
  protected onMessage: ((message: Message, peer: Peer) => void) | undefined = undefined;

  /**
   * Listens, registers, starts.
   * @throws AlreadyRunningError when another process has the name; whatever `onStart` throws.
   */
  async start(): Promise<void> {
    // Commands that come before it has started wait for this.
    this.#running = this.#open();
    this.#running.catch(() => {});
    try {
      await this.#running;
    } catch (error) {
      this.#safeStart.crashed(error);
      throw error;
    }
    this.#started = true;
    this.#safeStart.watch();
    this.#stopWatching = watchSettings(this.#config.file, (last) => this.#serial(() => this.#takeEdit(last)));
    this.log.info({ pid: process.pid, instance: this.instanceId }, `${this.name} ${this.#definition.version} started`);
  }

  async #open(): Promise<void> {
    this.#server = await serve({
      path: socketPath(this.name, this.busDir),
      onCommand: (command, peer) => this.#answer(command, peer),
      ...(this.onMessage === undefined ? {} : { onMessage: this.onMessage }),
      onProblem: (fault) => this.log.warn(fault.message),
      onLost: (fault) => void this.stop(fault),
    });
    this.#loadConfig();
    await this.#putBack();
    this.#commands = { ...this.#commonCommands(), ...this.commands() };
    this.#telemetry.follow();
    if (this.name !== managerName) {
      const registrant = { busDir: this.busDir, identity: this, osc: this.#definition.osc ?? {} };
      this.#registration = register(registrant, () => this.#pulse.heartbeat());
    }
    this.#pulse.start((heartbeat) => this.#beat(heartbeat));
    this.#begun = true;
    await this.onStart();
  }

  /** Stops in order: own resources, then the socket. Safe to call more than once. */
  stop(reason?: Error): Promise<void> {
    this.#settleStopping();
    this.#changes.close();
    this.#stopping ??= this.#stop(reason);
    return this.#stopping;
  }

  /**
   * Says that something failed because no descriptors are left, at most once in ten seconds.
   * @returns whether the worker can go on; not before it has started.
   */
  reportShortage(error: unknown): boolean {
    if (!this.#started) return false;
    const held = this.#shortages.admit("descriptors", performance.now());
    if (held !== undefined) this.log.error(`no descriptors left, raise ulimit -n: ${messageOf(error)}`);
    return true;
  }

  /** Writes why the process is about to end; the supervisor reads it there. */
  reportCrash(error: unknown): void {
    this.#safeStart.crashed(error);
    this.log.fatal({ err: error }, messageOf(error));
  }

  async #stop(reason: Error | undefined): Promise<void> {
    try {
      await this.#running.catch(() => {});
      this.#stopWatching();
      // One that never started did not end in order, whoever ended it.
      if (this.#started) this.#safeStart.stopped();
      if (this.#begun) await this.onStop();
    } catch (error) {
      this.log.error({ err: error }, "stopping failed; ending all the same");
    }
    this.#pulse.stop();
    this.#registration?.close();
    await this.#server?.close();
    this.#telemetry.close();
    if (reason === undefined) this.log.info("stopped");
    else this.log.fatal(reason.message);
    this.#logger.close();
    this.#settleStopped(reason);
  }

  #answer(command: Command, peer: Peer): ReplyMessage | Promise<ReplyMessage> {
    if (!this.#started) return this.#running.then(() => this.#run(command, peer));
    return this.#run(command, peer);
  }

  #run(command: Command, peer: Peer): ReplyMessage | Promise<ReplyMessage> {
    const entry = Object.hasOwn(this.#commands, command.cmd) ? this.#commands[command.cmd] : undefined;
    const reply = entry === undefined ? this.onCommand(command, peer) : entry.run(command, peer);
    return reply instanceof Promise ? reply.then((later) => toReplyMessage(command, later)) : toReplyMessage(command, reply);
  }

  #commonCommands(): CommandTable {
    return commonCommands({
      getState: () => this.#state(),
      describe: () =>
        (this.#description ??= describeWorker({
          ...this.#definition,
          commands: this.#commands,
          osc: this.#definition.osc ?? {},
        })),
      changes: this.#changes,
      shutdown: () => void setImmediate(() => void this.stop()),
      subscriptions: this.#subscriptions,
    });
  }

  async #setConfig(changes: Record<string, unknown>): Promise<Reply> {
    const reply = await changeConfig(this.#config, changes, this.#configHooks);
    if (!reply.success) return reply;
    this.log.info({ changes: withoutSecrets(this.#config.schema, changes) }, "config updated");
    this.#settingsChanged();
    return reply;
  }

  /** @param last whether a refusal is final. @returns whether what is in the file was refused */
  async #takeEdit(last: boolean): Promise<boolean> {
    try {
      const outcome = await takeEdit(this.#config, this.#configHooks, last);
      if (outcome.kind === "taken") {
        this.log.info({ changes: withoutSecrets(this.#config.schema, outcome.changes) }, `settings taken from ${this.#config.file}`);
        this.#settingsChanged();
      }
      if (outcome.kind !== "refused") return false;
      if (last) this.#tellProblem(`${this.#config.file} was edited, but is not taken: ${outcome.reason}; the former settings stay in force`);
      return true;
    } catch (error) {
      this.#tellProblem(`${this.#config.file} was edited, but cannot be taken: ${messageOf(error)}`);
      return false;
    }
  }

  get #configHooks(): ConfigHooks<z.output<C>> {
    return {
      vet: (next, changes) => this.vetConfig(next, changes),
      apply: (previous) => this.onConfig(previous),
    };
  }

  #settingsChanged(): void {
    this.#configProblem = null;
    this.#configLost = false;
    this.#safeStart.changed();
  }

  async #restart(): Promise<Reply> {
    const before = this.#config.known();
    this.#config.assertDescriptors();
    await this.onStop();
    this.#loadConfig();
    try {
      await this.onStart();
    } catch (error) {
      const reason = `the settings in ${this.#config.file} were not taken, because the start failed with them: ${messageOf(error)}`;
      this.#config.use(before);
      this.#tellProblem(reason);
      await this.onStop();
      await this.onStart();
      return failed(`${reason}; the former ones are in force`);
    }
    this.#safeStart.watch();
    return ok("Restarted");
  }

  /** Settings that made the start fail before are put back to those that worked. */
  async #putBack(): Promise<void> {
    const putBack = await this.#safeStart.begin();
    if (putBack !== undefined) this.#tellProblem(putBack);
  }

  /** Settings that are not in force although somebody wants them are a fault, unless the worker has a worse one. */
  #tellCondition(): ToldCondition | undefined {
    const own = this.getCondition();
    if (this.#configProblem === null || !this.#configLost || (own !== undefined && own.level !== "ok")) return own;
    return { level: "degraded", text: this.#configProblem, todo: `correct ${this.#config.file}, or set the setting again with vj config set` };
  }

  #tellProblem(problem: string): void {
    this.#configProblem = problem;
    this.#configLost = true;
    this.log.error(problem);
  }

  #loadConfig(): void {
    const { problem, lost } = this.#config.load();
    if (problem === undefined) this.#configProblem = null;
    else this.#tellProblem(problem);
    this.#configLost = lost;
  }

  #state(): Record<string, unknown> {
    const condition = this.#condition();
    return {
      status: "running",
      worker: this.name,
      version: this.#definition.version,
      pid: process.pid,
      protocol: protocolVersion,
      instance_id: this.instanceId,
      uptime_sec: this.#pulse.uptimeSec,
      config: this.#config.shown,
      config_origin: this.#config.origins(),
      config_problem: this.#configProblem,
      telemetry: this.telemetry.stats(),
      ...(condition === undefined ? {} : { condition }),
      ...this.getState(),
    };
  }

  #beat(heartbeat: Heartbeat): void {
    // A fresh client gets the reply to its first command before anything else.
    const oldEnough = performance.now() - limits.heartbeatMs;
    this.#server?.broadcast(heartbeat, (peer) => peer.connectedAt <= oldEnough);
    this.#registration?.heartbeat(heartbeat);
  }
}
