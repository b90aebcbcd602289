import { limits } from "@vj/schema";
import type { Random } from "./random.ts";

/** Tracks which workers were restarted so recently that supervision delays their next restart. */
export class Incidents {
  readonly #restartedAt = new Map<string, number>();
  readonly #now: () => number;

  /** @param now milliseconds of a monotonic clock */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The worker was replaced after a fault. */
  restarted(worker: string): void {
    this.#restartedAt.set(worker, this.#now());
  }

  /** A new manager has no record of earlier restarts. */
  forgetAll(): void {
    this.#restartedAt.clear();
  }

  /** Whether the next restart of this worker is the first of an incident, and so comes at once. */
  isOver(worker: string): boolean {
    const at = this.#restartedAt.get(worker);
    return at === undefined || this.#now() - at > limits.healthyMs + marginMs;
  }

  /** A random worker whose incident is over; if there is none, the one whose restart was longest ago. */
  pickSteady(workers: readonly string[], random: Random): string {
    const steady = workers.filter((worker) => this.isOver(worker));
    if (steady.length > 0) return random.pick(steady);
    const [longestAgo] = [...this.#restartedAt].sort(([, a], [, b]) => a - b).find(([worker]) => workers.includes(worker)) ?? [];
    return longestAgo ?? random.pick(workers);
  }
}

// The manager counts from its first answer, slightly later than ours.
const marginMs = 3000;
