import { collectGarbage } from "./collect-garbage.ts";

/** An object that holds memory for one connection. */
export interface Holder {
  /** Bytes held at the moment. */
  measure(): number;
  /** Releases all of it by ending the connection. @param total bytes that all holders had together */
  evict(total: number): void;
}

/** The memory that all connections of a process hold together; when it is too much, the largest holder is evicted. */
export interface HeldBytes {
  /** Records the bytes of a holder; 0 removes it. */
  note(holder: Holder, bytes: number): void;
  /** Sum of the recorded bytes. */
  readonly total: number;
}

/** A burst takes more than half of the limit. Its garbage is collected this long after all of it was released, ms. */
const collectMs = 1000;

/** @param maxBytes for all holders together @param collect collects the garbage of a burst */
export function createHeldBytes(maxBytes: number, collect: () => void = collectGarbage): HeldBytes {
  const byHolder = new Map<Holder, number>();
  let total = 0;
  let wasMuch = false;
  let timer: NodeJS.Timeout | undefined;

  /** Once after each burst, when it is over. */
  const watchBurst = (): void => {
    if (total > maxBytes / 2) wasMuch = true;
    if (!wasMuch || total > maxBytes / 8 || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (total > maxBytes / 8) return;
      wasMuch = false;
      collect();
    }, collectMs);
    timer.unref();
  };

  const note = (holder: Holder, bytes: number): void => {
    total += bytes - (byHolder.get(holder) ?? 0);
    if (bytes > 0) byHolder.set(holder, bytes);
    else byHolder.delete(holder);
  };
  /** Recorded values may be outdated, because holders release memory without a report: measure again. */
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
      if (total > maxBytes) {
        measureAll();
        while (total > maxBytes) evictLargest();
        wasMuch = true;
      }
      watchBurst();
    },
    get total() {
      return total;
    },
  };
}
