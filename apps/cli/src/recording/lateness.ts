/** How late messages were, in steps of a tenth of a millisecond. */
export class Lateness {
  readonly #counts = new Uint32Array(10_000);
  #all = 0;
  #max = 0;

  /** @param ms negative for early */
  add(ms: number): void {
    const step = Math.min(this.#counts.length - 1, Math.max(0, Math.ceil(ms * 10)));
    this.#counts[step] = (this.#counts[step] ?? 0) + 1;
    this.#all += 1;
    if (ms > this.#max) this.#max = ms;
  }

  get count(): number {
    return this.#all;
  }

  /** Rounded up, as the others. */
  get max(): number {
    return Math.ceil(this.#max * 10) / 10;
  }

  /** The lateness that this part of the messages did not exceed, milliseconds. @param part 0.99 for 99 of 100 */
  quantile(part: number): number {
    let left = this.#all * part;
    for (const [step, count] of this.#counts.entries()) {
      left -= count;
      // The last step has all that were later, too.
      if (left <= 0 && step < this.#counts.length - 1) return step / 10;
    }
    return this.max;
  }
}
