import type { OscArgument } from "@vj/schema";
import type { CheckedMessage } from "../send/encode.ts";

/** Flashes in any window, over all addresses of a target together. */
const flashes = 3;
/** One second, and some for the way to the receiver. */
const windowMs = 1050;
/** A value that rises by more than this while it is on flashes anew. */
const anew = 0.1;
/** Fastest change of a brightness: from 0 to 1 in a second. */
const slopePerMs = 1 / 1000;

interface Flash {
  /** What was let through last. */
  value: number;
  /** It counts as a flash until it is off again. */
  on: boolean;
}

interface Brightness {
  value: number;
  at: number;
}

/**
 * Limits how fast a picture can flash, whatever the music does. Of values that flash, at most three go from off to on and
 * back within any second, over all addresses together; an edge that is held back goes out as 0, and later if the value is
 * still on by then. Brightness changes by at most 1 per second. Everything else passes. Pure but for its memory.
 */
export class FlashGuard {
  readonly #flashing = new Map<string, Flash>();
  readonly #brightness = new Map<string, Brightness>();
  /** When the last flashes ended. */
  #ended: number[] = [];
  #lit = 0;

  /** The message as it may go out. @param now ms, never backwards */
  limit(message: CheckedMessage, now: number): CheckedMessage {
    const { args } = message.definition;
    if (args.every(({ light }) => light === undefined)) return message;
    const values = message.values.map((value, index) => {
      const argument = args[index];
      return typeof value === "number" && argument !== undefined ? this.#limit(`${message.address} ${index}`, argument, value, now) : value;
    });
    return { ...message, values };
  }

  #limit(key: string, { light }: OscArgument, value: number, now: number): number {
    if (light === undefined) return value;
    return light === "flash" ? this.#flash(key, value, now) : this.#slope(key, value, now);
  }

  #flash(key: string, wanted: number, now: number): number {
    const flash = this.#flashing.get(key) ?? { value: 0, on: false };
    this.#flashing.set(key, flash);
    if (flash.on && (wanted <= 0 || wanted > flash.value + anew)) this.#end(flash, now);
    if (!flash.on && wanted > 0 && this.#mayFlash(now)) {
      flash.on = true;
      this.#lit += 1;
      flash.value = wanted;
    } else {
      flash.value = flash.on ? Math.min(flash.value, wanted) : 0;
    }
    return flash.value;
  }

  #end(flash: Flash, now: number): void {
    flash.on = false;
    this.#lit -= 1;
    this.#ended.push(now);
  }

  #mayFlash(now: number): boolean {
    this.#ended = this.#ended.filter((at) => now - at < windowMs);
    return this.#lit + this.#ended.length < flashes;
  }

  #slope(key: string, wanted: number, now: number): number {
    const last = this.#brightness.get(key) ?? { value: wanted, at: now };
    const reach = (now - last.at) * slopePerMs;
    const value = Math.min(last.value + reach, Math.max(last.value - reach, wanted));
    this.#brightness.set(key, { value, at: now });
    return value;
  }
}
