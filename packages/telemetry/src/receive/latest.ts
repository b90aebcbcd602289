import { keptBytes } from "./kept-bytes.ts";
import type { OscMessage } from "./message.ts";

/** The newest message of one address, with its rate. Times are epoch milliseconds. */
export interface LatestEntry {
  readonly message: OscMessage;
  readonly count: number;
  readonly receivedAt: number;
  /** Messages per second, measured over at least a second; falls off while none arrive, 0 until known. */
  readonly rate: number;
  /** Type tags before the last change of type, for example an `i` that became `f`; undefined if there was none. */
  readonly changedFrom: string | undefined;
}

interface Slot {
  message: OscMessage;
  count: number;
  receivedAt: number;
  windowStart: number;
  windowCount: number;
  rate: number;
  changedFrom: string | undefined;
}

const rateWindowMs = 1000;
/** Bytes of all kept messages together. */
const mostBytes = 32 * 1_048_576;
/** Where there is not enough room, addresses without a message for this long are forgotten, ms: three intervals in which states are repeated. */
const forgetMs = 30_000;
/** Least time between two searches for such addresses, ms. */
const forgetEveryMs = 1000;

/** The newest message per address, for views that draw at their own pace. */
export class Latest {
  readonly #slots = new Map<string, Slot>();
  readonly #maxAddresses: number;
  #overflow = 0;
  #bytes = 0;
  #lookedAt = -Infinity;

  /**
   * @param maxAddresses addresses kept. When there are more, those that were silent for 30 s are forgotten; where there is none,
   * messages of new addresses are only counted.
   */
  constructor(maxAddresses = 4096) {
    this.#maxAddresses = maxAddresses;
  }

  /** Number of messages that were only counted, as there was no room for their address, or for their bytes. */
  get overflow(): number {
    return this.#overflow;
  }

  get size(): number {
    return this.#slots.size;
  }

  update(message: OscMessage, now: number): void {
    const slot = this.#slots.get(message.address);
    if (slot === undefined) {
      this.#add(message, now);
      return;
    }
    const more = keptBytes(message) - keptBytes(slot.message);
    if (this.#bytes + more > mostBytes) this.#overflow += 1;
    else {
      if (slot.message.tags !== message.tags) slot.changedFrom = slot.message.tags;
      slot.message = message;
      this.#bytes += more;
    }
    slot.count += 1;
    slot.receivedAt = now;
    slot.windowCount += 1;
    const elapsed = now - slot.windowStart;
    if (elapsed >= 0 && elapsed < rateWindowMs) return;
    // After the clock was set back, the measurement starts again.
    slot.rate = elapsed < 0 ? 0 : (slot.windowCount * 1000) / elapsed;
    slot.windowStart = now;
    slot.windowCount = 0;
  }

  get(address: string, now: number): LatestEntry | undefined {
    const slot = this.#slots.get(address);
    return slot === undefined ? undefined : toEntry(slot, now);
  }

  /** Every address in order of first occurrence. */
  entries(now: number): LatestEntry[] {
    return Array.from(this.#slots.values(), (slot) => toEntry(slot, now));
  }

  clear(): void {
    this.#slots.clear();
    this.#bytes = 0;
    this.#overflow = 0;
  }

  /** A flood of addresses that has ended does not keep out what comes after it. */
  #forget(now: number): void {
    const since = now - this.#lookedAt;
    if (since >= 0 && since < forgetEveryMs) return;
    this.#lookedAt = now;
    for (const [address, { receivedAt, message }] of this.#slots) {
      if (now - receivedAt < forgetMs) continue;
      this.#slots.delete(address);
      this.#bytes -= keptBytes(message);
    }
  }

  #add(message: OscMessage, now: number): void {
    const bytes = keptBytes(message);
    const isFull = (): boolean => this.#slots.size >= this.#maxAddresses || this.#bytes + bytes > mostBytes;
    if (isFull()) this.#forget(now);
    if (isFull()) {
      this.#overflow += 1;
      return;
    }
    this.#bytes += bytes;
    this.#slots.set(message.address, {
      message,
      count: 1,
      receivedAt: now,
      windowStart: now,
      windowCount: 0,
      rate: 0,
      changedFrom: undefined,
    });
  }
}

function toEntry({ message, count, receivedAt, rate, changedFrom }: Slot, now: number): LatestEntry {
  const silentMs = now - receivedAt;
  // The rate of a stopped stream is at most one message per silence so far.
  const shown = silentMs > rateWindowMs ? Math.min(rate, 1000 / silentMs) : rate;
  return { message, count, receivedAt, rate: shown, changedFrom };
}
