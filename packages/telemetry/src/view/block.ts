import { headOf } from "./head.ts";
import { numberBytes } from "./number-part.ts";
import type { ShapedMessage } from "./shaped-message.ts";

const lengthBytes = 4;
const comma = 0x2c;

/** A number in the block. */
interface Place {
  /** Which of the shaped messages has it. */
  readonly index: number;
  readonly tag: "i" | "f";
  /** Where it stands, bytes. */
  readonly at: number;
}

/**
 * The messages that a view makes of one address of the table, one number each, as they stand in a bundle: everything but the numbers is made
 * once. Writing them is one copy, then the numbers.
 */
export class Block {
  readonly #bytes: Uint8Array;
  readonly #places: readonly Place[];
  readonly #of: readonly ShapedMessage["definition"][];

  private constructor(bytes: Uint8Array, places: readonly Place[], of: readonly ShapedMessage["definition"][]) {
    this.#bytes = bytes;
    this.#places = places;
    this.#of = of;
  }

  /** @param addresses outgoing ones; undefined: it does not go out @returns undefined when not all messages are one number each */
  static of(messages: readonly ShapedMessage[], addresses: readonly (string | undefined)[]): Block | undefined {
    const parts: Uint8Array[] = [];
    const places: Place[] = [];
    let at = 0;
    for (const [index, { definition: { args } }] of messages.entries()) {
      const [argument, address] = [args[0], addresses[index]];
      if (args.length !== 1 || argument === undefined || argument.tag === "s") return undefined;
      if (address === undefined) continue;
      const head = headOf(address);
      const size = head.byteLength + 2 * numberBytes;
      const part = new Uint8Array(lengthBytes + size);
      new DataView(part.buffer).setUint32(0, size);
      part.set(head, lengthBytes);
      part.set([comma, argument.tag.charCodeAt(0)], lengthBytes + head.byteLength);
      parts.push(part);
      at += part.byteLength;
      places.push({ index, tag: argument.tag, at: at - numberBytes });
    }
    return new Block(Buffer.concat(parts), places, messages.map(({ definition }) => definition));
  }

  /** Length in a bundle, bytes. */
  get size(): number {
    return this.#bytes.byteLength;
  }

  /** Number of its messages. */
  get count(): number {
    return this.#places.length;
  }

  /** Whether it was made of such messages: as many, with the same definitions. */
  fits(messages: readonly ShapedMessage[]): boolean {
    if (messages.length !== this.#of.length) return false;
    for (let index = 0; index < messages.length; index += 1) if (messages[index]?.definition !== this.#of[index]) return false;
    return true;
  }

  /** Writes the messages with their numbers. @param view of `into` @param from where, bytes */
  write(into: Uint8Array, view: DataView, from: number, messages: readonly ShapedMessage[]): void {
    into.set(this.#bytes, from);
    for (const { index, tag, at } of this.#places) {
      const value = messages[index]?.values[0];
      if (typeof value !== "number") continue;
      if (tag === "i") view.setInt32(from + at, value);
      else view.setFloat32(from + at, value);
    }
  }
}
