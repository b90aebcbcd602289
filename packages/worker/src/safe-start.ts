import { messageOf, shorten } from "@vj/schema";
import type { z } from "zod";
import type { ConfigStore } from "./config-store.ts";
import { isSecret, secretShown } from "./setting-marks.ts";
import { beginStart, canonical, endStart, settledMs, settleStart, steadyMs, steadyStart } from "./start-record.ts";
import type { LastExit, StartRecord } from "./start-record.ts";
import { readStarts, startFileOf, writeStarts } from "./start-file.ts";

/** Longest reason that is kept, in characters. */
const reasonCharacters = 200;

/** Longest value that a message shows, in characters. */
const valueCharacters = 60;

export interface SafeStartOptions<C extends z.ZodObject> {
  readonly store: ConfigStore<C>;
  readonly lastExit: LastExit | undefined;
  /** What could not be remembered, and why: then a bad setting is not put back. */
  readonly onProblem: (problem: string) => void;
}

/**
 * Keeps the settings of one worker from making it unstartable: remembers those that worked last, counts the starts with
 * others, and puts the former back when these fail. Survives the end of the process at any moment. Never throws.
 */
export class SafeStart<C extends z.ZodObject> {
  readonly #store: ConfigStore<C>;
  readonly #file: string;
  readonly #options: SafeStartOptions<C>;
  #record: StartRecord = { tried: "", tries: [] };
  /** The start was counted: from then on the record is this process's to write. */
  #begun = false;
  #timers: NodeJS.Timeout[] = [];

  constructor(options: SafeStartOptions<C>) {
    this.#options = options;
    this.#store = options.store;
    this.#file = startFileOf(options.store.file);
  }

  /** To be called once the settings are loaded, before anything uses them. @returns the change that was put back, if any. */
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

  /** The settings in force work if the process still lives in a while. To be called after the start and each change. */
  watch(): void {
    this.#clear();
    this.#timers = [
      setTimeout(() => this.#remember(steadyStart(this.#record)), steadyMs),
      setTimeout(() => this.#remember(settleStart(this.#record, this.#store.known())), settledMs),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  /** Somebody changed the settings: what was put back before is out of date. */
  changed(): void {
    const { putBack: _, ...record } = this.#record;
    this.#remember(record);
    this.watch();
  }

  /** The process is about to end because of this. */
  crashed(error: unknown): void {
    this.#end("crash", shorten(messageOf(error).split("\n")[0] ?? "", reasonCharacters));
  }

  /** The process ends in order. */
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
      this.#options.onProblem(`${this.#file} cannot be written: ${messageOf(error)}; a setting that fails at start is not put back`);
    }
  }
}

