import type { PlayerAnswer } from "./player-answer.ts";
import { planNext, startOfPlan } from "./poll-plan.ts";
import type { Ask } from "./web-player.ts";

export interface PollerOptions {
  readonly ask: Ask;
  readonly pollMs: number;
  /** @param at the moment for which the answer holds, ms of the monotonic clock. @param waitMs until the next question. @param failures in a row */
  onAnswer(answer: PlayerAnswer, at: number, waitMs: number, failures: number): void;
}

/** Asks a player again and again, at the pace that its answers ask for; one question at a time. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #stop = new AbortController();
  #plan = startOfPlan;
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  #limited = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    void this.#ask();
  }

  /** Asks now, for example because the machine slept; not while Spotify wants to be left alone. */
  askNow(): void {
    if (this.#asking || this.#limited || this.#stop.signal.aborted) return;
    clearTimeout(this.#timer);
    void this.#ask();
  }

  /** Ends it. No answer comes after this. */
  close(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const { ask, pollMs, onAnswer } = this.#options;
    const { signal } = this.#stop;
    this.#asking = true;
    const { answer, at } = await ask(signal);
    this.#asking = false;
    if (signal.aborted) return;
    const { plan, waitMs } = planNext(this.#plan, answer, pollMs);
    this.#plan = plan;
    this.#limited = answer.kind === "limited";
    this.#timer = setTimeout(() => void this.#ask(), waitMs);
    onAnswer(answer, at, waitMs, plan.failures);
  }
}
