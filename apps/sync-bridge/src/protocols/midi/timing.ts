import { quantile } from "@vj/schema";

const kept = 2048;

/** How evenly clocks went out, milliseconds, over the last two thousand. */
export interface TimingFigures {
  readonly clocks: number;
  /** How late clocks went out: 99 in 100 by no more than this. */
  readonly late_ms_p99: number;
  /** How far intervals were from that of the tempo: 99 in 100 by no more than this. */
  readonly jitter_ms_p99: number;
}

/** Measures sent clocks. */
export class Timing {
  readonly #late: number[] = [];
  readonly #jitter: number[] = [];
  #clocks = 0;
  #lastUs: number | undefined;

  /** @param intervalUs the interval that the tempo asks for, microseconds as the others */
  add(dueUs: number, sentUs: number, intervalUs: number): void {
    this.#clocks += 1;
    keep(this.#late, (sentUs - dueUs) / 1000);
    if (this.#lastUs !== undefined) keep(this.#jitter, Math.abs(sentUs - this.#lastUs - intervalUs) / 1000);
    this.#lastUs = sentUs;
  }

  /** The next interval does not count: the clock was stopped. */
  pause(): void {
    this.#lastUs = undefined;
  }

  figures(): TimingFigures {
    return { clocks: this.#clocks, late_ms_p99: rounded(quantile(this.#late, 0.99)), jitter_ms_p99: rounded(quantile(this.#jitter, 0.99)) };
  }
}

function keep(list: number[], value: number): void {
  list.push(value);
  if (list.length > kept) list.shift();
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
