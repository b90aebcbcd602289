import { ModelError } from "./model-client.ts";

const hourMs = 3_600_000;

/** Counts the questions to a model within the last hour, and keeps its pauses. All times in ms of the monotonic clock. */
export class QuestionBudget {
  readonly #perHour: () => number;
  #asked: number[] = [];
  /** The model is not asked again before this time. */
  #notBefore = 0;

  /** @param perHour questions allowed within an hour, by the settings in force */
  constructor(perHour: () => number) {
    this.#perHour = perHour;
  }

  /** Questions within the last hour. */
  asked(now: number): number {
    return this.#asked.filter((at) => now - at < hourMs).length;
  }

  /** Counts one request: the first, one in a looser form, or a repair. @throws ModelError when none is allowed now */
  spend(now: number): void {
    if (now < this.#notBefore) throw new ModelError(`the language model asked for a pause; ${Math.ceil((this.#notBefore - now) / 1000)} s are left`, { retryMs: this.#notBefore - now });
    this.#asked = this.#asked.filter((at) => now - at < hourMs);
    if (this.#asked.length >= this.#perHour()) throw new ModelError(`${this.#asked.length} questions were asked within an hour; llm_per_hour allows ${this.#perHour()}`);
    this.#asked.push(now);
  }

  /** The model has asked for a pause of this length from now on, ms. A longer pause stays in force. */
  pause(pauseMs: number, now: number): void {
    this.#notBefore = Math.max(this.#notBefore, now + pauseMs);
  }
}
