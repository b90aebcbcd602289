import { messageOf, shorten } from "@vj/schema";
import type { z } from "zod";
import type { ConfigStore } from "./config-store.ts";
import { isSecret, secretShown } from "./setting-marks.ts";
import { beginStart, canonical, endStart, settledMs, settleStart, steadyMs, steadyStart } from "./start-record.ts";
import type { LastExit, StartRecord } from "./start-record.ts";
import { readStarts, startFileOf, writeStarts } from "./start-file.ts";

/** Longest reason kept, in characters. */
const reasonCharacters = 200;

/** Longest value shown in a message, in characters. */
const valueCharacters = 60;

export interface SafeStartOptions<C extends z.ZodObject> {
  readonly store: ConfigStore<C>;
  readonly lastExit: LastExit | undefined;
  /** Called when the record could not be written, with the reason: then a bad setting is not replaced. */
  readonly onProblem: (problem: string) => void;
}

/**
 * Prevents settings from making a worker unstartable: records the last settings that worked, counts the starts with
 * others, and restores the former ones when these starts fail. Survives the end of the process at any moment. Never
 * throws.
 */
export class SafeStart<C extends z.ZodObject> {
  readonly #store: ConfigStore<C>;
  readonly #file: string;
  readonly #options: SafeStartOptions<C>;
  #record: StartRecord = { tried: "", tries: [] };
  /** The start was counted: from now on this process owns the record. */
  #begun = false;
  #timers: NodeJS.Timeout[] = [];
  /** The last problem that was reported: each once. */
  #reported: string | undefined;

  constructor(options: SafeStartOptions<C>) {
    this.#options = options;
    this.#store = options.store;
    this.#file = startFileOf(options.store.file);
  }

  /** Call it once the settings are loaded, before anything uses them. @returns the change that was put back, if any. */
  async begin(now = Date.now()): Promise<string | undefined> {
    this.#record = readStarts(this.#file);
    this.#begun = true;
    const { record, rejected } = beginStart(this.#record, this.#store.known(), now, this.#options.lastExit);
    if (rejected === undefined) {
      this.#remember(record);
      return record.tries.length === 0 ? record.putBack : undefined;
    }
    const putBack = await this.#putBack(record.good ?? {}, rejected);
    this.#remember({ ...record, putBack });
    return putBack;
  }

  /** Records the settings in force as good if the process still lives after a while. Call it after the start and each change. */
  watch(): void {
    this.#clear();
    this.#timers = [
      setTimeout(() => this.#remember(steadyStart(this.#record)), steadyMs),
      setTimeout(() => this.#remember(settleStart(this.#record, this.#store.known())), settledMs),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  /** The settings were changed: the report of a change that was put back is outdated. */
  changed(): void {
    const { putBack: _, ...record } = this.#record;
    this.#remember(record);
    this.watch();
  }

  /** The process is about to end because of this error. */
  crashed(error: unknown): void {
    this.#end("crash", shorten(messageOf(error).split("\n")[0] ?? "", reasonCharacters));
  }

  /** The process is ending in order. */
  stopped(): void {
    this.#end("stop", undefined);
  }

  #end(end: "crash" | "stop", reason: string | undefined): void {
    this.#clear();
    this.#remember(endStart(this.#record, end, reason, Date.now()));
  }

  #clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #putBack(good: Record<string, unknown>, reason: string): Promise<string> {
    const bad = this.#store.known();
    const changed = [...new Set([...Object.keys(bad), ...Object.keys(good)])].filter(
      (key) => canonical(bad[key]) !== canonical(good[key]),
    );
    const kept = await this.#store.restore(good);
    const changes = changed.map((key) => `${key} was put back from ${this.#show(key, bad[key])} to ${this.#show(key, good[key])}`);
    return `${changes.join(", ")}, because the start failed twice with it: ${reason}; ${kept}`;
  }

  #show(key: string, value: unknown): string {
    if (value === undefined) return "its default";
    return isSecret(this.#store.schema, key) ? secretShown : shorten(JSON.stringify(value), valueCharacters);
  }

  #remember(record: StartRecord): void {
    if (!this.#begun || canonical(record) === canonical(this.#record)) return;
    this.#record = record;
    try {
      writeStarts(this.#file, record);
    } catch (error) {
      const problem = `${messageOf(error)}; a setting that fails at start is not put back`;
      if (problem !== this.#reported) this.#options.onProblem(problem);
      this.#reported = problem;
    }
  }
}

