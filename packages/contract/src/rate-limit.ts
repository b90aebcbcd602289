/** Kinds remembered; beyond this number, those whose interval has passed are forgotten. */
const maxKinds = 256;

/** Rate limit per kind of report: the first at once, then one per interval with the number suppressed. */
export class RateLimit {
  readonly #intervalMs: number;
  readonly #kinds = new Map<string, { since: number; held: number }>();

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /**
   * @param kind reports of one kind share a limit.
   * @param now milliseconds of any clock.
   * @returns the number of reports of this kind suppressed since the last one, or undefined when this one is suppressed
   * too.
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
