import type { Reply } from "@vj/schema";
import { createSerial, messageOf } from "@vj/schema";
import type { z } from "zod";
import { changeConfig, refusal, rememberConfig, takeEdit } from "./change-config.ts";
import type { ConfigHooks } from "./change-config.ts";
import { ChangeQueue } from "./change-queue.ts";
import type { ReportedCondition } from "./condition-clock.ts";
import { ConfigStore } from "./config-store.ts";
import type { ConfigOverrides } from "./config-rules.ts";
import type { LastExit } from "./start-record.ts";
import type { Logger } from "./logger.ts";
import { failed, ok } from "./reply.ts";
import { keepSchema } from "./kept-schema.ts";
import { SafeStart } from "./safe-start.ts";
import { withoutSecrets } from "./setting-marks.ts";
import { watchSettings } from "./settings-watch.ts";

/** Delay after the start before the schema is generated, milliseconds: generating takes time that a start does not have. */
const keepAfterMs = 1000;

/** Effects of a change of settings on a worker. */
export interface SettingsHooks<V> extends ConfigHooks<V> {
  start(): void | Promise<void>;
  stop(): void | Promise<void>;
}

export interface SettingsOptions<C extends z.ZodObject> {
  readonly schema: C;
  readonly file: { readonly dir: string; readonly worker: string };
  /** Folder of the kept schema. */
  readonly cacheDir: string;
  readonly overrides: ConfigOverrides | undefined;
  /** How the previous process ended, as its supervisor reports it. */
  readonly lastExit: LastExit | undefined;
  readonly hooks: SettingsHooks<z.output<C>>;
  readonly log: Logger;
}

/**
 * The settings of one worker over its life: read at start, changed by commands, by the worker itself and by edits of the
 * file, restored when they make the start fail. Settings that somebody made but that are not in force are reported as a
 * problem.
 */
export class WorkerSettings<C extends z.ZodObject> {
  /** `set_config` and `restart` of all clients. */
  readonly changes: ChangeQueue;
  readonly #store: ConfigStore<C>;
  readonly #safeStart: SafeStart<C>;
  readonly #hooks: SettingsHooks<z.output<C>>;
  readonly #log: Logger;
  readonly #serial = createSerial();
  #problem: { readonly text: string; /** Somebody set something that is not in force. */ readonly lost: boolean } | undefined;
  #stopWatching = (): void => {};
  readonly #keepSchema: () => Promise<void>;
  #keeping: NodeJS.Timeout | undefined;

  /** @throws WorkerError `environment` when the environment gives a setting an invalid value. */
  constructor({ schema, file, cacheDir, overrides, lastExit, hooks, log }: SettingsOptions<C>) {
    this.#keepSchema = () => keepSchema(cacheDir, file.worker, schema).catch((error: unknown) => log.warn(`cannot save the schema of the settings: ${messageOf(error)}`));
    this.#store = new ConfigStore(schema, file, overrides);
    this.#safeStart = new SafeStart({ store: this.#store, lastExit, onProblem: (problem) => log.warn(problem) });
    this.#hooks = hooks;
    this.#log = log;
    this.changes = new ChangeQueue(
      {
        refusal: (changes) => refusal(this.#store, changes),
        setConfig: (changes) => this.#setConfig(changes),
        restart: () => this.#restart(),
      },
      this.#serial,
    );
  }

  /** The settings in force. */
  get value(): z.output<C> {
    return this.#store.value;
  }

  /** Reads the file, and restores the former settings if the start failed before. Call it once the name is claimed. */
  async open(): Promise<void> {
    this.#load();
    const putBack = await this.#safeStart.begin();
    if (putBack !== undefined) this.#report(putBack);
  }

  /** The worker has started with these settings: edits of the file are taken from now on. */
  started(): void {
    this.#safeStart.watch();
    this.#keeping = setTimeout(() => void this.#keepSchema(), keepAfterMs);
    this.#keeping.unref();
    this.#stopWatching = watchSettings(this.#store.file, (last) => this.#serial(() => this.#takeEdit(last)));
  }

  /**
   * Saves settings that the worker changed itself and that are in force already.
   * @throws WorkerError `settings` when a value is invalid or fixed by the environment; FileError when it cannot be saved.
   */
  remember(changes: Record<string, unknown>): Promise<void> {
    return this.#serial(async () => {
      await rememberConfig(this.#store, changes);
      this.#safeStart.watch();
    });
  }

  /** The process is about to end because of this error; it counts against the settings in force. */
  crashed(error: unknown): void {
    this.#safeStart.crashed(error);
  }

  /** The worker is ending in order. */
  stopped(): void {
    this.#safeStart.stopped();
  }

  /** Refuses waiting changes from now on, and no longer takes edits of the file. */
  close(): void {
    this.changes.close();
    clearTimeout(this.#keeping);
    this.#stopWatching();
  }

  /** The part of `get_state` about settings. */
  state(): Record<string, unknown> {
    return { config: this.#store.shown, config_origin: this.#store.origins(), config_problem: this.#problem?.text ?? null };
  }

  /** A condition for settings that somebody made but that are not in force; undefined when there are none. */
  condition(): ReportedCondition | undefined {
    if (this.#problem?.lost !== true) return undefined;
    const todo = `correct ${this.#store.file}, or set the setting again with vj config set`;
    return { level: "degraded", text: this.#problem.text, todo };
  }

  async #setConfig(changes: Record<string, unknown>): Promise<Reply> {
    const reply = await changeConfig(this.#store, changes, this.#hooks);
    if (!reply.success) return reply;
    this.#log.info({ changes: withoutSecrets(this.#store.schema, changes) }, "config updated");
    this.#changed();
    return reply;
  }

  /** Reads the file again and restarts in place, with the former settings if the new ones make that fail. */
  async #restart(): Promise<Reply> {
    const before = this.#store.known();
    this.#store.assertDescriptors();
    await this.#hooks.stop();
    this.#load();
    try {
      await this.#hooks.start();
    } catch (error) {
      const reason = `the settings in ${this.#store.file} were not taken, because the start failed with them: ${messageOf(error)}`;
      this.#store.use(before);
      this.#report(reason);
      await this.#hooks.stop();
      await this.#hooks.start();
      return failed(`${reason}; the former ones are in force`, "failed");
    }
    this.#safeStart.watch();
    return ok("Restarted");
  }

  /** @param last whether a refusal is final. @returns whether the edit was refused */
  async #takeEdit(last: boolean): Promise<boolean> {
    const { file, schema } = this.#store;
    try {
      const outcome = await takeEdit(this.#store, this.#hooks, last);
      if (outcome.kind === "taken") {
        this.#log.info({ changes: withoutSecrets(schema, outcome.changes) }, `settings taken from ${file}`);
        this.#changed();
      }
      // The file is gone, and its faults with it; the settings in force stay.
      if (this.#store.missing) this.#problem = undefined;
      if (outcome.kind !== "refused") return false;
      if (last) this.#report(`${file} was edited, but is not taken: ${outcome.reason}; the former settings stay in force`);
      return true;
    } catch (error) {
      this.#report(`${file} was edited, but cannot be taken: ${messageOf(error)}`);
      return false;
    }
  }

  #load(): void {
    const { problem, lost } = this.#store.load();
    this.#problem = undefined;
    if (problem === undefined) return;
    this.#log.error(problem);
    this.#problem = { text: problem, lost };
  }

  #changed(): void {
    this.#problem = undefined;
    this.#safeStart.changed();
  }

  #report(problem: string): void {
    this.#problem = { text: problem, lost: true };
    this.#log.error(problem);
  }
}
