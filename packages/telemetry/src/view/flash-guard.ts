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

/** What is known of one outgoing address. */
export interface Lamp {
  /** In the order of its arguments. */
  readonly lights: Light[];
  /** The message that went out with other values than were wanted; undefined while all went out as wanted. */
  wanted: CheckedMessage | undefined;
  /** When that was, ms. */
  at: number;
}

/**
 * Limits how fast a picture can flash, whatever the music does. Of values that flash, at most three go from off to on and
 * back within any second, over all addresses together; an edge that is held back goes out as 0, and later if the value is
 * still on by then. Brightness changes by at most 1 per second. Everything else passes. Pure but for its memory.
 */
export class FlashGuard {
  /** By outgoing address. */
  readonly #lamps = new Map<string, Lamp>();
  /** Those with a message that is wanted. */
  readonly #unfinished = new Set<Lamp>();
  /** When the last flashes ended. */
  #ended: number[] = [];
  #lit = 0;

  /** The lamp of an outgoing address: who sends it again and again looks it up once. */
  lampOf(address: string): Lamp {
    const known = this.#lamps.get(address);
    if (known !== undefined) return known;
    const lamp: Lamp = { lights: [], wanted: undefined, at: 0 };
    this.#lamps.set(address, lamp);
    return lamp;
  }

  /** The message with the values that may go out now: itself when they are as wanted. @param now ms, never backwards @param lamp that of its address */
  limit(message: CheckedMessage, now: number, lamp = this.lampOf(message.address)): CheckedMessage {
    const { address, definition, values: wanted } = message;
    if (isDark(definition)) return message;
    const { lights } = lamp;
    while (lights.length < definition.args.length) lights.push({ value: 0, at: undefined, on: false });
    const isEvent = definition.kind === "event";
    let limited: (number | string)[] | undefined;
    for (let index = 0; index < wanted.length; index += 1) {
      const [how, light, value] = [definition.args[index]?.light, lights[index], wanted[index]];
      if (typeof value !== "number" || how === undefined || light === undefined) continue;
      const given = how === "flash" ? this.#flash(light, value, now) : slope(light, value, now);
      // An event is a flash of its own: no message ends it.
      if (isEvent && light.on) this.#end(light, now);
      if (given !== value) (limited ??= wanted.slice())[index] = given;
    }
    if (limited === undefined || isEvent) this.#finish(lamp);
    else {
      lamp.wanted = message;
      lamp.at = now;
      this.#unfinished.add(lamp);
    }
    return limited === undefined ? message : { address, definition, values: limited };
  }

  /** Held-back messages without a newer one, with the values that may go out now: each is repeated until it goes out as wanted. */
  due(now: number): CheckedMessage[] {
    return [...this.#unfinished].flatMap((lamp) => (lamp.wanted === undefined || now - lamp.at < againMs ? [] : [this.limit(lamp.wanted, now, lamp)]));
  }

  /** A limited message that was held back since, with the values that may go out now. @param now ms */
  again(message: CheckedMessage, now: number): CheckedMessage {
    const lamp = this.lampOf(message.address);
    return this.limit(lamp.wanted ?? message, now, lamp);
  }

  /** When to ask for `due`, ms; undefined while everything went out as wanted. */
  get nextDue(): number | undefined {
    let next: number | undefined;
    for (const { at } of this.#unfinished) next = Math.min(next ?? Infinity, at + againMs);
    return next;
  }

  /** A message with the values that its receivers have by now, for a receiver that joins: counts no flash. */
  shown(message: CheckedMessage): CheckedMessage {
    if (isDark(message.definition)) return message;
    const { args } = message.definition;
    const lights = this.#lamps.get(message.address)?.lights;
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
    for (const [address, { lights }] of previous.#lamps) {
      const own = this.lampOf(address).lights;
      if (own.length === 0) for (const { value, at } of lights) own.push({ value, at, on: false });
    }
  }

  #finish(lamp: Lamp): void {
    if (lamp.wanted === undefined) return;
    lamp.wanted = undefined;
    this.#unfinished.delete(lamp);
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
