import { limits } from "@vj/contract";
import type { Block } from "./block.ts";
import { numberBytes } from "./number-part.ts";
import type { NumberPart } from "./number-part.ts";
import type { ShapedMessage } from "./shaped-message.ts";

/** "#bundle", and the time tag that means "at once". */
const bundleHead = Uint8Array.of(0x23, 0x62, 0x75, 0x6e, 0x64, 0x6c, 0x65, 0, 0, 0, 0, 0, 0, 0, 0, 1);
const lengthBytes = 4;
/** Up to so many bytes a loop copies faster than `set` of a part does. */
const fewBytes = 32;

/**
 * Puts encoded messages into as few datagrams as hold them, in order (OSC 1.0, bundles). A message that is alone in its
 * datagram, or too large for a bundle, stays as it is.
 */
export class Bundle {
  #datagrams: Uint8Array[] = [];
  /** Where each datagram is put together: room for a full one, and for a message that fills it alone, with the head that is cut off again. */
  readonly #bytes = new Uint8Array(limits.datagramBytes + bundleHead.byteLength + lengthBytes);
  readonly #view = new DataView(this.#bytes.buffer);
  /** End of what is in it. */
  #at = bundleHead.byteLength;
  #count = 0;

  constructor() {
    this.#bytes.set(bundleHead);
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#datagrams.length === 0;
  }

  /**
   * Adds a message of at most `limits.datagramBytes`. @param bytes the message under any address
   * @param head its own address, encoded; left out: the one it has @param from where its type tags begin in `bytes`
   */
  add(bytes: Uint8Array, head?: Uint8Array, from = 0): void {
    this.#openFor(lengthBytes + (head?.byteLength ?? 0) + bytes.byteLength - from);
    const open = this.#bytes;
    this.#view.setUint32(this.#at, (head?.byteLength ?? 0) + bytes.byteLength - from);
    let at = this.#at + lengthBytes;
    if (head !== undefined) open.set(head, at);
    at += head?.byteLength ?? 0;
    const rest = bytes.byteLength - from;
    if (head === undefined) open.set(bytes, at);
    else if (rest > fewBytes) open.set(bytes.subarray(from), at);
    else for (let index = 0; index < rest; index += 1) open[at + index] = bytes[from + index] ?? 0;
    this.#at = at + rest;
  }

  /** Adds a message with one number, of at most `limits.datagramBytes`. */
  addNumber(part: NumberPart, value: number): void {
    const { words } = part;
    this.#openFor(lengthBytes + part.size);
    const view = this.#view;
    let at = this.#at;
    for (let index = 0; index < words.length; index += 1, at += numberBytes) view.setInt32(at, words[index] ?? 0);
    if (part.tag === "i") view.setInt32(at, value);
    else view.setFloat32(at, value);
    this.#at = at + numberBytes;
  }

  /** Adds all messages of a block. @returns false when they do not fit into one datagram with what is in it: nothing is added */
  addBlock(block: Block, messages: readonly ShapedMessage[]): boolean {
    if (this.#at + block.size > limits.datagramBytes) return false;
    if (block.count === 0) return true;
    block.write(this.#bytes, this.#view, this.#at, messages);
    this.#at += block.size;
    this.#count += block.count;
    return true;
  }

  /** The datagrams so far; it is empty afterwards. */
  take(): Uint8Array[] {
    this.#finish();
    const datagrams = this.#datagrams;
    this.#datagrams = [];
    return datagrams;
  }

  /** Counts one more message of so many bytes, which goes to where it is now; what is in it goes out before when both do not fit. */
  #openFor(size: number): void {
    if (this.#count > 0 && this.#at + size > limits.datagramBytes) this.#finish();
    this.#count += 1;
  }

  #finish(): void {
    if (this.#count === 0) return;
    const from = this.#count === 1 ? bundleHead.byteLength + lengthBytes : 0;
    // From the pool of the runtime: a buffer of its own costs more than the copy.
    const datagram = Buffer.allocUnsafe(this.#at - from);
    datagram.set(this.#bytes.subarray(from, this.#at));
    this.#datagrams.push(datagram);
    this.#at = bundleHead.byteLength;
    this.#count = 0;
  }
}
