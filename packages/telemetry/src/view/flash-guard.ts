import type { OscAddress } from "@vj/contract";
import type { CheckedMessage } from "../encode/checked-message.ts";

/** Flashes in any window, over all addresses of a target together. */
const flashes = 3;
/** One second, and some for the way to the receiver. */
const windowMs = 1050;
/** A value that rises by more than this while it is on counts as a new flash. */
const newFlashRise = 0.1;
/** Fastest change of a brightness: from 0 to 1 in a second. */
const slopePerMs = 1 / 1000;

/** A value that is held back is tried again after this long without a newer one, ms. */
const againMs = 50;

/** The last value of one argument that went out. */
interface Light {
  value: number;
  /** When that was, ms; undefined before the first. */
  at: number | undefined;
  /** A value that flashes counts as a flash until it is off again. */
  on: boolean;
}

/**
 * Limits how fast a picture can flash, whatever the music does. Of values that flash, at most three go from off to on and
 * back within any second, over all addresses together; an edge that is held back goes out as 0, and later if the value is
 * still on by then. Brightness changes by at most 1 per second. Everything else passes. Pure but for its memory.
 */
export class FlashGuard {
  /** By outgoing address, in the order of its arguments. */
  readonly #lights = new Map<string, Light[]>();
  /** Messages that went out with other values than were wanted, by address, and when. */
  readonly #unfinished = new Map<string, { readonly wanted: CheckedMessage; readonly at: number }>();
  /** When the last flashes ended. */
  #ended: number[] = [];
  #lit = 0;

  /** The message with the values that may go out now. @param now ms, never backwards */
  limit(message: CheckedMessage, now: number): CheckedMessage {
    const { address, definition, values: wanted } = message;
    const { args, kind } = definition;
    if (isDark(definition)) return message;
    const lights = this.#lightsOf(address, args.length);
    let finished = true;
    const values = wanted.map((value, index) => {
      const [how, light] = [args[index]?.light, lights[index]];
      if (typeof value !== "number" || how === undefined || light === undefined) return value;
      const given = how === "flash" ? this.#flash(light, value, now) : slope(light, value, now);
      // An event is a flash of its own: no message ends it.
      if (kind === "event" && light.on) this.#end(light, now);
      finished &&= given === value;
      return given;
    });
    if (finished || kind === "event") this.#unfinished.delete(address);
    else this.#unfinished.set(address, { wanted: message, at: now });
    return { ...message, values };
  }

  /** Held-back messages without a newer one, with the values that may go out now: each is repeated until it goes out as wanted. */
  due(now: number): CheckedMessage[] {
    const due = [...this.#unfinished.values()].filter(({ at }) => now - at >= againMs);
    return due.map(({ wanted }) => this.limit(wanted, now));
  }

  /** A limited message that was held back since, with the values that may go out now. @param now ms */
  again(message: CheckedMessage, now: number): CheckedMessage {
    return this.limit(this.#unfinished.get(message.address)?.wanted ?? message, now);
  }

  /** When to ask for `due`, ms; undefined while everything went out as wanted. */
  get nextDue(): number | undefined {
    let next: number | undefined;
    for (const { at } of this.#unfinished.values()) next = Math.min(next ?? Infinity, at + againMs);
    return next;
  }

  /** A message with the values that its receivers have by now, for a receiver that joins: counts no flash. */
  shown(message: CheckedMessage): CheckedMessage {
    if (isDark(message.definition)) return message;
    const { args } = message.definition;
    const lights = this.#lights.get(message.address);
    const values = message.values.map((value, index) => {
      const how = args[index]?.light;
      if (typeof value !== "number" || how === undefined) return value;
      const light = lights?.[index];
      if (light?.at !== undefined || light?.on === true) return light.value;
      return how === "flash" ? 0 : value;
    });
    return { ...message, values };
  }

  /**
   * A guard for the same receiver, whose view has changed: brightness goes on from where it was, and nothing flashes
   * within the next second, because nobody counted what flashed before. @param now ms
   */
  follow(previous: FlashGuard | undefined, now: number): void {
    this.#ended = Array.from({ length: flashes }, () => now);
    if (previous === undefined) return;
    for (const [address, lights] of previous.#lights) {
      if (!this.#lights.has(address)) this.#lights.set(address, lights.map(({ value, at }) => ({ value, at, on: false })));
    }
  }

  #lightsOf(address: string, count: number): Light[] {
    const known = this.#lights.get(address);
    if (known !== undefined && known.length >= count) return known;
    const lights = Array.from({ length: count }, (_, index) => known?.[index] ?? { value: 0, at: undefined, on: false });
    this.#lights.set(address, lights);
    return lights;
  }

  #flash(flash: Light, wanted: number, now: number): number {
    if (flash.on && (wanted <= 0 || wanted > flash.value + newFlashRise)) this.#end(flash, now);
    if (!flash.on && wanted > 0 && this.#mayFlash(now)) {
      flash.on = true;
      this.#lit += 1;
      flash.value = wanted;
    } else {
      flash.value = flash.on ? Math.min(flash.value, wanted) : 0;
    }
    return flash.value;
  }

  #end(flash: Light, now: number): void {
    flash.on = false;
    this.#lit -= 1;
    this.#ended.push(now);
  }

  #mayFlash(now: number): boolean {
    this.#ended = this.#ended.filter((at) => now - at < windowMs);
    return this.#lit + this.#ended.length < flashes;
  }
}

/** Whether an address has neither brightness nor flashes. */
function isDark(definition: OscAddress): boolean {
  const known = dark.get(definition);
  if (known !== undefined) return known;
  const result = definition.args.every(({ light }) => light === undefined);
  dark.set(definition, result);
  return result;
}

const dark = new WeakMap<OscAddress, boolean>();

function slope(brightness: Light, wanted: number, now: number): number {
  const { value, at } = brightness;
  const reach = at === undefined ? Infinity : (now - at) * slopePerMs;
  brightness.value = Math.min(value + reach, Math.max(value - reach, wanted));
  brightness.at = now;
  return brightness.value;
}
