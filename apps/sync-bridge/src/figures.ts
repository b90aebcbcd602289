/** The newest values of a figure: their middle and how much they vary. */
export class Figures {
  readonly #values: number[] = [];
  readonly #most: number;

  /** @param most number of values that count */
  constructor(most: number) {
    this.#most = most;
  }

  add(value: number): void {
    this.#values.push(value);
    if (this.#values.length > this.#most) this.#values.shift();
  }

  clear(): void {
    this.#values.length = 0;
  }

  /** The middle one; null without values. */
  get median(): number | null {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  }

  /** Standard deviation; null without values. */
  get deviation(): number | null {
    const { length } = this.#values;
    if (length === 0) return null;
    const mean = this.#values.reduce((sum, value) => sum + value, 0) / length;
    return Math.sqrt(this.#values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length);
  }
}

/** A figure as it is shown: three digits after the point, null as it is. */
export function shown(value: number | null): number | null {
  const rounded = value === null ? null : Math.round(value * 1000) / 1000;
  // Too large to have such digits.
  return rounded === null || Number.isFinite(rounded) ? rounded : value;
}
