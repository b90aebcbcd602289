/** Whoever holds memory for one connection. */
export interface Holder {
  /** Bytes held now. */
  measure(): number;
  /** Gives all of it back by ending the connection. @param total bytes that all holders had together */
  evict(total: number): void;
}

/** The memory that all connections of a process hold together; the largest holder goes when it is too much. */
export interface HeldBytes {
  /** Notes what a holder has; 0 forgets it. */
  note(holder: Holder, bytes: number): void;
  /** Bytes as noted. */
  readonly total: number;
}

/** @param maxBytes for all holders together */
export function createHeldBytes(maxBytes: number): HeldBytes {
  const byHolder = new Map<Holder, number>();
  let total = 0;

  const note = (holder: Holder, bytes: number): void => {
    total += bytes - (byHolder.get(holder) ?? 0);
    if (bytes > 0) byHolder.set(holder, bytes);
    else byHolder.delete(holder);
  };
  /** What was noted may have been given back without a word since. */
  const measureAll = (): void => {
    for (const holder of [...byHolder.keys()]) note(holder, holder.measure());
  };
  const evictLargest = (): void => {
    let largest: Holder | undefined;
    let most = 0;
    for (const [holder, bytes] of byHolder) {
      if (bytes <= most) continue;
      largest = holder;
      most = bytes;
    }
    if (largest === undefined) return;
    const before = total;
    note(largest, 0);
    largest.evict(before);
  };

  return {
    note(holder, bytes) {
      note(holder, bytes);
      if (total <= maxBytes) return;
      measureAll();
      while (total > maxBytes) evictLargest();
    },
    get total() {
      return total;
    },
  };
}
