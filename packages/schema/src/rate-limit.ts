/** Kinds remembered before those whose interval is over are forgotten. */
const maxKinds = 256;

/** Lets the first report of a kind through at once, then one per interval, which counts those held back. */
export class RateLimit {
  readonly #intervalMs: number;
  readonly #kinds = new Map<string, { since: number; held: number }>();

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /**
   * @param kind what is limited together.
   * @param now milliseconds of any clock.
   * @returns how many reports of this kind were held back before this one, or undefined when this one is held back too.
   */
  admit(kind: string, now: number): number | undefined {
    const entry = this.#kinds.get(kind);
    if (entry !== undefined && now - entry.since < this.#intervalMs) {
      entry.held += 1;
      return undefined;
    }
    if (this.#kinds.size >= maxKinds) this.#forget(now);
    this.#kinds.set(kind, { since: now, held: 0 });
    return entry?.held ?? 0;
  }

  #forget(now: number): void {
    for (const [kind, { since }] of this.#kinds) if (now - since >= this.#intervalMs) this.#kinds.delete(kind);
  }
}
