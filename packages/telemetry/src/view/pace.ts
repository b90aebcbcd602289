import type { CheckedMessage } from "../encode/checked-message.ts";

/** How often messages of one address go out. */
export interface PaceOptions {
  /** Messages per second of each address at most; undefined: as they come. */
  readonly rate: number | undefined;
  /** Leave out a message that equals the last one. */
  readonly on_change: boolean;
}

/** Timers and frames are late by a millisecond or two; a message this early is in time. */
const earlyMs = 2;

/** What is known of one outgoing address. */
export interface Slot {
  /** The last message that went out; undefined before the first, and after `clear`. */
  sent: CheckedMessage | undefined;
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
  /** When to look for held messages; perhaps too early, when the one that it was for has gone out. */
  #next = Infinity;
  #held = 0;

  constructor({ rate, on_change: onChange }: PaceOptions) {
    this.#intervalMs = rate === undefined ? 0 : 1000 / rate;
    this.#onChange = onChange;
  }

  /** The slot of an outgoing address: who sends it again and again looks it up once. */
  slotOf(address: string): Slot {
    const known = this.#slots.get(address);
    if (known !== undefined) return known;
    const slot: Slot = { sent: undefined, nextAt: 0, held: undefined };
    this.#slots.set(address, slot);
    return slot;
  }

  /** Whether a message goes out now; if not, it is held, or left out as nothing new. @param now ms @param slot that of its address */
  admit(message: CheckedMessage, now: number, slot = this.slotOf(message.address)): boolean {
    const { kind } = message.definition;
    // Each event, and each item of a list, counts by itself, and their order matters.
    if (kind === "event") return true;
    const { sent } = slot;
    if (sent === undefined) {
      slot.sent = message;
      slot.nextAt = now + this.#intervalMs;
      return true;
    }
    if (this.#onChange && sameValues(sent, message)) {
      this.#hold(slot, undefined);
      return false;
    }
    if (kind === "stream" && now < slot.nextAt - earlyMs && !isEdge(sent, message)) {
      this.#hold(slot, message);
      this.#next = Math.min(this.#next, slot.nextAt);
      return false;
    }
    this.#send(slot, message, now);
    return true;
  }

  /**
   * The held messages whose time has come, in the order of their addresses' first use.
   * @param fresh makes of a held message what may go out now
   */
  due(now: number, fresh: (held: CheckedMessage) => CheckedMessage = (held) => held): CheckedMessage[] {
    const messages: CheckedMessage[] = [];
    this.#next = Infinity;
    for (const slot of this.#slots.values()) {
      const { held } = slot;
      if (held === undefined) continue;
      if (now < slot.nextAt - earlyMs) {
        this.#next = Math.min(this.#next, slot.nextAt);
        continue;
      }
      const message = fresh(held);
      messages.push(message);
      this.#send(slot, message, now);
    }
    return messages;
  }

  /** The next message of every address goes out, whatever went out before: somebody has joined. */
  clear(): void {
    for (const slot of this.#slots.values()) if (slot.held === undefined) slot.sent = undefined;
  }

  /** When to ask for the held messages that are due; undefined while none is held. */
  get nextDue(): number | undefined {
    return this.#held === 0 ? undefined : this.#next;
  }

  #hold(slot: Slot, message: CheckedMessage | undefined): void {
    if (message === undefined && slot.held === undefined) return;
    this.#held += Number(message !== undefined) - Number(slot.held !== undefined);
    slot.held = message;
    if (this.#held === 0) this.#next = Infinity;
  }

  #send(slot: Slot, message: CheckedMessage, now: number): void {
    slot.sent = message;
    this.#hold(slot, undefined);
    // An edge comes besides: streams that began together keep going out together, in one datagram where messages are bundled.
    if (now < slot.nextAt - earlyMs) return;
    // On a grid, so that 60 frames a second become 30 and not 29; after a pause the grid begins anew.
    slot.nextAt = now - slot.nextAt > this.#intervalMs ? now + this.#intervalMs : slot.nextAt + this.#intervalMs;
  }
}

function sameValues({ values: some }: CheckedMessage, { values: others }: CheckedMessage): boolean {
  if (some.length !== others.length) return false;
  for (let index = 0; index < some.length; index += 1) if (some[index] !== others[index]) return false;
  return true;
}

function isEdge({ values: before }: CheckedMessage, { values: after, definition }: CheckedMessage): boolean {
  for (let index = 0; index < after.length; index += 1) {
    const [value, previous] = [after[index], before[index]];
    if (value === previous) continue;
    if (typeof value === "string" || typeof previous !== "number") return true;
    if (value !== 0 && previous !== 0) continue;
    if (definition.args[index]?.light === "flash" || value === 1 || previous === 1) return true;
  }
  return false;
}
