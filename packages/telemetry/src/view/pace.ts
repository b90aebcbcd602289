import type { CheckedMessage } from "../send/encode.ts";

/** How often messages of one address go out. */
export interface PaceOptions {
  /** Messages per second of each address at most; undefined: as they come. */
  readonly rate: number | undefined;
  /** Leave out what says the same as the last message. */
  readonly on_change: boolean;
}

/** Timers and frames are late by a millisecond or two; a message this early is in time. */
const earlyMs = 2;

interface Slot {
  sent: CheckedMessage;
  /** When the next message may go out. */
  nextAt: number;
  held: CheckedMessage | undefined;
}

/**
 * Limits how often each address goes out. An edge (a value that leaves or reaches 0, of a flash; 0 <-> 1, of any value) and a
 * text pass at once, so no trigger is lost; of every other stream the newest waits, and goes out when its time has come. Events
 * always pass, states unless they are the same. Pure: the caller has the clock and the timer.
 */
export class Pace {
  readonly #intervalMs: number;
  readonly #onChange: boolean;
  readonly #slots = new Map<string, Slot>();

  constructor({ rate, on_change: onChange }: PaceOptions) {
    this.#intervalMs = rate === undefined ? 0 : 1000 / rate;
    this.#onChange = onChange;
  }

  /** Whether a message goes out now; if not, it is held, or left out as nothing new. @param now ms */
  admit(message: CheckedMessage, now: number): boolean {
    const { kind } = message.definition;
    // Events and the items of lists mean something each, and in their order.
    if (kind === "event") return true;
    const slot = this.#slots.get(message.address);
    if (slot === undefined) {
      this.#slots.set(message.address, { sent: message, nextAt: now + this.#intervalMs, held: undefined });
      return true;
    }
    if (this.#onChange && sameValues(slot.sent, message)) {
      slot.held = undefined;
      return false;
    }
    if (kind === "stream" && now < slot.nextAt - earlyMs && !isEdge(slot.sent, message)) {
      slot.held = message;
      return false;
    }
    this.#send(slot, message, now);
    return true;
  }

  /** The held messages whose time has come, in the order of their addresses' first use. */
  due(now: number): CheckedMessage[] {
    const messages: CheckedMessage[] = [];
    for (const slot of this.#slots.values()) {
      const { held } = slot;
      if (held === undefined || now < slot.nextAt - earlyMs) continue;
      messages.push(held);
      this.#send(slot, held, now);
    }
    return messages;
  }

  /** The next message of every address goes out, whatever went out before: somebody has joined. */
  clear(): void {
    for (const [address, { held }] of this.#slots) if (held === undefined) this.#slots.delete(address);
  }

  /** When the next held message is due; undefined while none is held. */
  nextDue(): number | undefined {
    let next: number | undefined;
    for (const { held, nextAt } of this.#slots.values()) {
      if (held !== undefined && (next === undefined || nextAt < next)) next = nextAt;
    }
    return next;
  }

  #send(slot: Slot, message: CheckedMessage, now: number): void {
    slot.sent = message;
    slot.held = undefined;
    // On a grid, so that 60 frames a second become 30 and not 29; after a pause the grid begins anew.
    slot.nextAt = now - slot.nextAt > this.#intervalMs ? now + this.#intervalMs : slot.nextAt + this.#intervalMs;
    if (slot.nextAt - now > this.#intervalMs + earlyMs) slot.nextAt = now + this.#intervalMs;
  }
}

function sameValues(one: CheckedMessage, other: CheckedMessage): boolean {
  return one.values.length === other.values.length && one.values.every((value, index) => value === other.values[index]);
}

function isEdge(before: CheckedMessage, after: CheckedMessage): boolean {
  return after.values.some((value, index) => {
    const previous = before.values[index];
    if (value === previous) return false;
    if (typeof value === "string" || typeof previous !== "number") return true;
    if (value !== 0 && previous !== 0) return false;
    return after.definition.args[index]?.light === "flash" || value === 1 || previous === 1;
  });
}
