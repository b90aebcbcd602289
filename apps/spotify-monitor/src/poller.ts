import type { TimedAnswer } from "./ask-player.ts";
import { planNext, startOfPlan } from "./poll-plan.ts";
import type { Ask } from "./web-player.ts";

export interface PollerOptions {
  readonly ask: Ask;
  readonly pollMs: number;
  /** @param waitMs until the next question. @param failures in a row */
  onAnswer(answer: TimedAnswer, waitMs: number, failures: number): void;
}

/** Polls a player, at the pace that its answers call for; one question at a time. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #stop = new AbortController();
  #plan = startOfPlan;
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  /** When a limit ends, epoch ms. */
  #limitedUntil = 0;

  constructor(options: PollerOptions) {
    this.#options = options;
    void this.#ask();
  }

  /** Asks now, or when Spotify's limit ends: the machine slept, and the timer with it. */
  askNow(): void {
    if (this.#asking || this.#stop.signal.aborted) return;
    this.#askIn(Math.max(0, this.#limitedUntil - Date.now()));
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
    const timed = await ask(signal);
    this.#asking = false;
    if (signal.aborted) return;
    const { plan, waitMs } = planNext(this.#plan, timed.answer, pollMs);
    this.#plan = plan;
    this.#limitedUntil = timed.answer.kind === "limited" ? Date.now() + waitMs : 0;
    this.#askIn(waitMs);
    onAnswer(timed, waitMs, plan.failures);
  }

  #askIn(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), waitMs);
  }
}
