import path from "node:path";
import { isOutOfDescriptors } from "@vj/control";
import { explainIssues, limits, messageOf, shorten } from "@vj/schema";
import type { z } from "zod";
import { keepAside, loadConfig, parseObject, readIfThere, saveConfig } from "./config-file.ts";
import type { LoadedConfig, StoredConfig } from "./config-file.ts";
import { canonical } from "./start-record.ts";
import { isSecret, secretShown, withoutSecrets } from "./setting-marks.ts";
import { tooLong } from "./setting-length.ts";

/** Where the value of a setting comes from; the first of these that has one wins. */
export type ConfigOrigin = "environment" | "file" | "default";

/** Settings that the environment fixes: key -> value and the variable it came from. */
export type ConfigOverrides = Readonly<Record<string, { value: unknown; variable: string }>>;

/** A change that was checked but not yet made: what would be stored, and the settings as they would be; or why not. */
export type ConfigChange<V> =
  | { ok: true; stored: StoredConfig; value: V }
  | { ok: false; code: "bad_arguments" | "refused"; reason: string };

/** What somebody wrote into the settings file: all of it, what differs, and the settings as they would be; or why not. */
export type EditedConfig<V> =
  | { ok: true; stored: StoredConfig; changes: Record<string, unknown>; text: string; value: V }
  | { ok: false; reason: string };

/** A change that was saved and is in force. */
export interface Committed {
  /** Saves and uses the former values. */
  undo(): Promise<void>;
  /** Set when the file held something that this worker had not read. */
  readonly note: string | undefined;
}

/** The validated, persisted configuration of one worker. */
export class ConfigStore<C extends z.ZodObject> {
  readonly #schema: C;
  /** The settings file. */
  readonly file: string;
  readonly #overrides: ConfigOverrides;
  #stored: StoredConfig = {};
  /** The file as it was last read or written here. */
  #text: string | undefined;
  /** The file as somebody else wrote it, when that was looked at last. */
  #seen: string | undefined;
  #value: z.output<C>;

  /** @throws Error when the environment gives a setting a value that it cannot have. */
  constructor(schema: C, file: { dir: string; worker: string }, overrides: ConfigOverrides = {}) {
    this.#schema = schema;
    this.file = path.join(file.dir, `${file.worker}.json`);
    this.#overrides = overrides;
    const result = schema.safeParse(this.#overlay({}));
    if (!result.success) {
      const variables = Object.values(overrides).map(({ variable }) => variable);
      throw new Error(`${variables.join(", ")}: ${explainIssues(result.error)}`);
    }
    this.#value = result.data;
  }

  /** What the settings may be. */
  get schema(): C {
    return this.#schema;
  }

  /** The settings in force, as they may be shown. */
  get shown(): Record<string, unknown> {
    return withoutSecrets(this.#schema, this.#value);
  }

  /** The settings in force. */
  get value(): z.output<C> {
    return this.#value;
  }

  /** The settings that somebody set and that are known here. */
  known(): StoredConfig {
    return Object.fromEntries(Object.entries(this.#stored).filter(([key]) => key in this.#schema.shape));
  }

  /** Reads the file again. @returns what in it could not be used, if anything, and whether something set is not in force. */
  load(): Pick<LoadedConfig, "problem" | "lost"> {
    const { stored, text, problem, lost } = loadConfig(this.file, this.#schema);
    this.#text = text;
    this.#seen = text;
    this.#use(stored);
    return { problem, lost };
  }

  /**
   * What somebody else wrote into the file, checked as a change is; undefined when there is nothing new.
   * @param again also what was looked at before
   */
  edited(again: boolean): EditedConfig<z.output<C>> | undefined {
    let text: string | undefined;
    try {
      text = readIfThere(this.file);
    } catch (error) {
      return { ok: false, reason: messageOf(error) };
    }
    // A file that is missing may be about to be replaced: the settings stay in force.
    if (text === undefined || (text === this.#seen && (text === this.#text || !again))) return undefined;
    this.#seen = text;
    const stored = parseObject(text);
    if (stored === undefined) return { ok: false, reason: "it is no JSON object" };
    const before = this.#stored;
    const changes = Object.fromEntries(
      Object.entries(stored).filter(([key, value]) => canonical(value) !== canonical(before[key])),
    );
    const refused = this.#refusal(changes);
    if (refused !== undefined) return { ok: false, reason: refused.reason };
    const result = this.#schema.safeParse(this.#overlay(stored));
    return result.success ? { ok: true, stored, changes, text, value: result.data } : { ok: false, reason: explainIssues(result.error) };
  }

  /** Puts in force what the file holds. @returns its undo, which leaves the file alone */
  take(stored: StoredConfig, text: string): () => void {
    const before = { stored: this.#stored, text: this.#text };
    this.#use(stored);
    this.#text = text;
    return () => {
      this.#use(before.stored);
      this.#text = before.text;
    };
  }

  /**
   * Looks whether the file can be opened as far as descriptors go: a lack of them is no reason to use defaults.
   * @throws Error when this process has none left.
   */
  assertDescriptors(): void {
    try {
      readIfThere(this.file);
    } catch (error) {
      if (isOutOfDescriptors(error)) throw error;
    }
  }

  /** Checks new values for some keys; the others keep theirs, and a null that does not fit counts as absent. All or nothing. */
  check(changes: Record<string, unknown>): ConfigChange<z.output<C>> {
    const refused = this.#refusal(changes);
    if (refused !== undefined) return { ok: false, ...refused };
    const given = Object.entries(changes).filter(([key, value]) => this.#isGiven(key, value));
    const stored = { ...this.#stored, ...Object.fromEntries(given) };
    const bytes = Buffer.byteLength(JSON.stringify(stored));
    if (bytes > limits.settingsBytes) {
      return { ok: false, code: "bad_arguments", reason: `the settings would have ${bytes} bytes, ${limits.settingsBytes} are allowed` };
    }
    const result = this.#schema.safeParse(this.#overlay(stored));
    return result.success
      ? { ok: true, stored, value: result.data }
      : { ok: false, code: "bad_arguments", reason: explainIssues(result.error) };
  }

  #refusal(changes: Record<string, unknown>): { code: "bad_arguments" | "refused"; reason: string } | undefined {
    const known = Object.keys(this.#schema.shape);
    const unknown = Object.keys(changes).filter((key) => !known.includes(key));
    if (unknown.length > 0) {
      const named = unknown.slice(0, limits.namedFaults).map((key) => `"${shorten(key, limits.nameCharacters)}"`);
      const more = unknown.length > named.length ? ` and ${unknown.length - named.length} more` : "";
      return { code: "bad_arguments", reason: `unknown setting ${named.join(", ")}${more}; there are: ${known.join(", ")}` };
    }
    const [fixed] = Object.keys(changes).filter((key) => this.#overrides[key] !== undefined);
    if (fixed !== undefined) {
      const variable = this.#overrides[fixed]?.variable ?? "";
      return { code: "refused", reason: `${fixed} is set by ${variable} in the environment; unset it to change it here` };
    }
    const [long] = Object.entries(tooLong(changes));
    return long === undefined ? undefined : { code: "bad_arguments", reason: `${long[0]}: ${long[1]}` };
  }

  /** A null that does not fit, or a secret as it is shown, says nothing. */
  #isGiven(key: string, value: unknown): boolean {
    if (value === secretShown && isSecret(this.#schema, key)) return false;
    return value !== null || (this.#schema.shape[key]?.safeParse(null).success ?? false);
  }

  /**
   * Saves and uses a checked change. What somebody else wrote into the file since it was read is kept aside.
   * @throws Error when it is not saved: the file is then as it was.
   */
  async commit(stored: StoredConfig): Promise<Committed> {
    const before = this.#stored;
    const note = this.#keepForeign();
    await this.#save(stored);
    this.#use(stored);
    const undo = async (): Promise<void> => {
      this.#use(before);
      await this.#save(before);
    };
    return { undo, note };
  }

  /**
   * Puts former settings back, in force at once and in the file; those of the file are kept beside it. Never throws.
   * @param known as `known` gave them. @returns where the settings of before are kept, or why they or the former ones are
   * not on disk
   */
  async restore(known: StoredConfig): Promise<string> {
    const before = this.#stored;
    const foreign = Object.entries(before).filter(([key]) => !(key in this.#schema.shape));
    const stored = { ...Object.fromEntries(foreign), ...known };
    this.#use(this.#schema.safeParse(this.#overlay(stored)).success ? stored : Object.fromEntries(foreign));
    try {
      const kept = keepAside(this.file, readIfThere(this.file) ?? JSON.stringify(before));
      await this.#save(this.#stored);
      return `the settings of before are kept as ${kept}`;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** Puts settings in force that are not in the file. @param known as `known` gave them */
  use(known: StoredConfig): void {
    this.#use(known);
  }

  /** Where each setting comes from. */
  origins(): Record<string, ConfigOrigin> {
    return Object.fromEntries(
      Object.keys(this.#schema.shape).map((key) => [
        key,
        key in this.#overrides ? "environment" : key in this.#stored ? "file" : "default",
      ]),
    );
  }

  #keepForeign(): string | undefined {
    try {
      const found = readIfThere(this.file);
      if (found === undefined || found === this.#text) return undefined;
      return `${this.file} was changed by somebody else; that is kept as ${keepAside(this.file, found)}`;
    } catch (error) {
      throw new Error(`cannot save ${this.file} without losing what is in it: ${messageOf(error)}`, { cause: error });
    }
  }

  async #save(stored: StoredConfig): Promise<void> {
    this.#text = await saveConfig(this.file, stored);
    this.#seen = this.#text;
  }

  #use(stored: StoredConfig): void {
    this.#value = this.#schema.parse(this.#overlay(stored));
    this.#stored = stored;
  }

  #overlay(stored: StoredConfig): Record<string, unknown> {
    const fixed = Object.entries(this.#overrides).map(([key, { value }]) => [key, value]);
    return { ...stored, ...Object.fromEntries(fixed) };
  }
}
