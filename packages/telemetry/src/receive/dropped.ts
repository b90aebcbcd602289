/** Packets of one sender that were dropped for one reason. */
export interface DroppedPackets {
  /** `address:port`. */
  readonly sender: string;
  /** The fault. May quote the packet: sanitize it before showing it in a terminal. */
  readonly reason: string;
  readonly count: number;
}

/** Stands for senders and reasons beyond the limit. */
const others = { sender: "others", reason: "various reasons" } as const;

/** Counts dropped packets by sender and reason; bounded, because a stranger determines both. */
export class Dropped {
  readonly #counts = new Map<string, DroppedPackets>();
  readonly #maxKinds: number;

  /** @param maxKinds pairs of sender and reason counted separately; later ones are counted together. */
  constructor(maxKinds = 64) {
    this.#maxKinds = maxKinds;
  }

  add(sender: string, reason: string): void {
    const key = `${sender} ${reason}`;
    if (this.#counts.has(key) || this.#counts.size < this.#maxKinds) this.#increment(key, { sender, reason });
    else this.#increment("", others);
  }

  /** In the order of first occurrence. */
  list(): DroppedPackets[] {
    return [...this.#counts.values()];
  }

  clear(): void {
    this.#counts.clear();
  }

  #increment(key: string, kind: Omit<DroppedPackets, "count">): void {
    this.#counts.set(key, { ...kind, count: (this.#counts.get(key)?.count ?? 0) + 1 });
  }
}
