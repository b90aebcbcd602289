import path from "node:path";
import { isOutOfDescriptors } from "@vj/control";
import { jsonFile } from "@vj/files";
import type { JsonFile } from "@vj/files";
import { explainIssues, messageOf } from "@vj/schema";
import type { z } from "zod";
import { keepAside, loadConfig, readContent, saveConfig } from "./config-file.ts";
import type { ConfigContent } from "./config-file.ts";
import type { LoadedConfig, StoredConfig } from "./config-file.ts";
import { configRules } from "./config-rules.ts";
import type { ConfigChange, ConfigOrigin, ConfigOverrides, ConfigRules, EditedConfig } from "./config-rules.ts";
import { withoutSecrets } from "./setting-marks.ts";
import { WorkerError } from "./errors.ts";

/** A saved change that is in force. */
export interface Committed {
  /** Saves and uses the former values again. */
  undo(): Promise<void>;
  /** Set when the file held edits that this worker had not read. */
  readonly note: string | undefined;
}

/** The validated, persisted configuration of one worker. */
export class ConfigStore<C extends z.ZodObject> {
  /** Path of the settings file. */
  readonly file: string;
  readonly #rules: ConfigRules<C>;
  readonly #json: JsonFile;
  #stored: StoredConfig = {};
  /** The text of the file as last read or written by this worker. */
  #text: string | undefined;
  /** The text of a manual edit as last checked. */
  #seen: string | undefined;
  /** Why the file could not be read at the last look. */
  #missing = false;
  #unreadable: string | undefined;
  #value: z.output<C>;

  /** @throws WorkerError `environment` when the environment gives a setting an invalid value. */
  constructor(schema: C, file: { dir: string; worker: string }, overrides: ConfigOverrides = {}) {
    this.file = path.join(file.dir, `${file.worker}.json`);
    this.#json = jsonFile(this.file);
    this.#rules = configRules(schema, overrides);
    const result = this.#rules.resolve({});
    if (!result.success) {
      const variables = Object.values(overrides).map(({ variable }) => variable);
      throw new WorkerError("environment", `${variables.join(", ")}: ${explainIssues(result.error)}`);
    }
    this.#value = result.data;
  }

  /** The schema of the settings. */
  get schema(): C {
    return this.#rules.schema;
  }

  /** The settings in force, with secrets hidden. */
  get shown(): Record<string, unknown> {
    return withoutSecrets(this.schema, this.#value);
  }

  /** The settings in force. */
  get value(): z.output<C> {
    return this.#value;
  }

  /** Whether there was no file when it was looked for edits last. */
  get missing(): boolean {
    return this.#missing;
  }

  /** The stored settings that are in the schema. */
  known(): StoredConfig {
    return Object.fromEntries(Object.entries(this.#stored).filter(([key]) => key in this.schema.shape));
  }

  /** Reads the file again. @returns its unusable parts, if any, and whether a setting in it is not in force. */
  load(): Pick<LoadedConfig, "problem" | "lost"> {
    const { stored, text, problem, lost, unreadable } = loadConfig(this.file, this.schema);
    this.#unreadable = unreadable;
    this.#text = text;
    this.#seen = text;
    this.use(stored);
    return { problem, lost };
  }

  /**
   * A new manual edit of the file, checked as a change is; undefined when there is none.
   * @param again also return an edit that was checked before
   */
  edited(again: boolean): EditedConfig<z.output<C>> | undefined {
    let content: ConfigContent | undefined;
    try {
      content = readContent(this.#json);
    } catch (error) {
      this.#missing = false;
      const reason = messageOf(error);
      if (reason === this.#unreadable && !again) return undefined;
      this.#unreadable = reason;
      return { ok: false, reason };
    }
    const text = content?.text;
    this.#missing = text === undefined;
    const wasUnreadable = this.#unreadable !== undefined;
    this.#unreadable = undefined;
    // The unreadable entry was removed, and no settings were ever read: the defaults apply.
    if (wasUnreadable && text === undefined && this.#text === undefined) return this.#rules.checkEdit(this.#stored, "{}");
    if (wasUnreadable) this.#seen = undefined;
    // A missing file may be about to be replaced, so the settings stay in force.
    if (text === undefined || (text === this.#seen && (text === this.#text || !again))) return undefined;
    this.#seen = text;
    return content?.fault === undefined ? this.#rules.checkEdit(this.#stored, text) : { ok: false, reason: content.fault };
  }

  /** Puts the content of the file into force. @returns a function that undoes this and leaves the file alone */
  take(stored: StoredConfig, text: string): () => void {
    const before = { stored: this.#stored, text: this.#text };
    this.use(stored);
    this.#text = text;
    return () => {
      this.use(before.stored);
      this.#text = before.text;
    };
  }

  /**
   * Checks that a descriptor is left to open the file: otherwise defaults would be used by mistake.
   * @throws the error of reading it when this process has none left.
   */
  assertDescriptors(): void {
    try {
      this.#json.bytes();
    } catch (error) {
      if (isOutOfDescriptors(error)) throw error;
    }
  }

  /** Checks new values for some keys; the others keep theirs, and an invalid null counts as absent. All or nothing. */
  check(changes: Record<string, unknown>): ConfigChange<z.output<C>> {
    return this.#rules.check(this.#stored, changes);
  }

  /**
   * Saves and uses a checked change. Edits of the file since it was read are kept aside.
   * @throws WorkerError `settings` or FileError when it could not be saved; the file is then unchanged.
   */
  async commit(stored: StoredConfig): Promise<Committed> {
    const before = this.#stored;
    const note = this.#keepForeign();
    await this.#save(stored);
    this.use(stored);
    const undo = async (): Promise<void> => {
      this.use(before);
      await this.#save(before);
    };
    return { undo, note };
  }

  /**
   * Restores former settings, in force at once and in the file; a copy of the file is kept beside it. Never throws.
   * @param known a value of `known`
   * @returns where the replaced settings are kept, or why the copy or the former settings could not be written
   */
  async restore(known: StoredConfig): Promise<string> {
    const before = this.#stored;
    const foreign = Object.fromEntries(Object.entries(before).filter(([key]) => !(key in this.schema.shape)));
    const stored = { ...foreign, ...known };
    this.use(this.#rules.resolve(stored).success ? stored : foreign);
    try {
      const kept = keepAside(this.file, this.#json.bytes() ?? JSON.stringify(before));
      await this.#save(this.#stored);
      return `the replaced settings are kept as ${kept}`;
    } catch (error) {
      return messageOf(error);
    }
  }

  /**
   * Puts settings into force without saving them. @param stored must match the schema
   * @throws WorkerError `settings` when they do not
   */
  use(stored: StoredConfig): void {
    const result = this.#rules.resolve(stored);
    if (!result.success) throw new WorkerError("settings", explainIssues(result.error));
    this.#value = result.data;
    this.#stored = stored;
  }

  /** The origin of each setting. */
  origins(): Record<string, ConfigOrigin> {
    return this.#rules.origins(this.#stored);
  }

  #keepForeign(): string | undefined {
    try {
      const found = readContent(this.#json);
      if (found === undefined || found.text === this.#text) return undefined;
      return `${this.file} was edited meanwhile; the edited file is kept as ${keepAside(this.file, found.bytes)}`;
    } catch (error) {
      throw new WorkerError("settings", `cannot save ${this.file} without losing what is in it: ${messageOf(error)}`, { cause: error });
    }
  }

  async #save(stored: StoredConfig): Promise<void> {
    this.#text = await saveConfig(this.file, stored);
    this.#seen = this.#text;
  }
}
