/** At most so many in any second, by the times of the last ones. Times in milliseconds of a steady clock. */
export class PerSecond {
  readonly #times: number[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns whether one more is allowed now; then it counts */
  admit(now: number): boolean {
    const [oldest] = this.#times;
    if (this.#times.length >= this.#most && oldest !== undefined && now - oldest < 1000) return false;
    this.#times.push(now);
    if (this.#times.length > this.#most) this.#times.shift();
    return true;
  }
}

/** Limits per sender; bounded, as a stranger can have many addresses: the one that was quiet for the longest is forgotten. */
export class PerSender {
  readonly #senders = new Map<string, PerSecond>();
  readonly #most: number;
  readonly #mostSenders: number;

  constructor(most: number, mostSenders = 256) {
    this.#most = most;
    this.#mostSenders = mostSenders;
  }

  /** Senders that are remembered. */
  get size(): number {
    return this.#senders.size;
  }

  admit(sender: string, now: number): boolean {
    const limit = this.#senders.get(sender) ?? new PerSecond(this.#most);
    this.#senders.delete(sender);
    this.#senders.set(sender, limit);
    const [oldest] = this.#senders.keys();
    if (this.#senders.size > this.#mostSenders && oldest !== undefined) this.#senders.delete(oldest);
    return limit.admit(now);
  }
}
