import { limits } from "@vj/contract";
import type { Block } from "./block.ts";
import type { ShapedMessage } from "./shaped-message.ts";

/** "#bundle", and the time tag that means "at once". */
const bundleHead = Uint8Array.of(0x23, 0x62, 0x75, 0x6e, 0x64, 0x6c, 0x65, 0, 0, 0, 0, 0, 0, 0, 0, 1);
const lengthBytes = 4;
/** A number takes four bytes, and so do the tags of a message with one. */
const numberBytes = 4;
const [comma, integer, float] = [0x2c, 0x69, 0x66];
/** Up to so many bytes a loop copies faster than `set` of a part does. */
const fewBytes = 32;

/**
 * Puts encoded messages into as few datagrams as hold them, in order (OSC 1.0, bundles). A message that is alone in its
 * datagram, or too large for a bundle, stays as it is.
 */
export class Bundle {
  #datagrams: Uint8Array[] = [];
  #open: Uint8Array | undefined;
  #view: DataView | undefined;
  #at = 0;
  #count = 0;

  get isEmpty(): boolean {
    return this.#open === undefined && this.#datagrams.length === 0;
  }

  /**
   * Adds a message of at most `limits.datagramBytes`. @param bytes the message under any address
   * @param head its own address, encoded; left out: the one it has @param from where its type tags begin in `bytes`
   */
  add(bytes: Uint8Array, head?: Uint8Array, from = 0): void {
    const open = this.#openFor((head?.byteLength ?? 0) + bytes.byteLength - from);
    let at = this.#at;
    if (head !== undefined) open.set(head, at);
    at += head?.byteLength ?? 0;
    const rest = bytes.byteLength - from;
    if (head === undefined) open.set(bytes, at);
    else if (rest > fewBytes) open.set(bytes.subarray(from), at);
    else for (let index = 0; index < rest; index += 1) open[at + index] = bytes[from + index] ?? 0;
    this.#at = at + rest;
  }

  /** Adds a message with one number. @param head its address, encoded; far shorter than a datagram */
  addNumber(head: Uint8Array, tag: "i" | "f", value: number): void {
    const open = this.#openFor(head.byteLength + 2 * numberBytes);
    open.set(head, this.#at);
    const at = this.#at + head.byteLength;
    open[at] = comma;
    open[at + 1] = tag === "i" ? integer : float;
    open[at + 2] = 0;
    open[at + 3] = 0;
    const view = this.#viewOf(open);
    if (tag === "i") view.setInt32(at + numberBytes, value);
    else view.setFloat32(at + numberBytes, value);
    this.#at = at + 2 * numberBytes;
  }

  /** Adds all messages of a block. @returns false when they do not fit into one datagram with what is in it: nothing is added */
  addBlock(block: Block, messages: readonly ShapedMessage[]): boolean {
    const begin = this.#open === undefined ? bundleHead.byteLength : this.#at;
    if (begin + block.size > limits.datagramBytes) return false;
    if (block.count === 0) return true;
    const open = (this.#open ??= this.#begin(0));
    block.write(open, this.#viewOf(open), this.#at, messages);
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

  #viewOf(open: Uint8Array): DataView {
    return (this.#view ??= new DataView(open.buffer, open.byteOffset, open.byteLength));
  }

  /** The open datagram with the length of one more message in it; the message goes to where it is now. */
  #openFor(size: number): Uint8Array {
    if (this.#open !== undefined && this.#at + lengthBytes + size > limits.datagramBytes) this.#finish();
    const open = (this.#open ??= this.#begin(size));
    const at = this.#at;
    open[at] = size >>> 24;
    open[at + 1] = size >>> 16;
    open[at + 2] = size >>> 8;
    open[at + 3] = size;
    this.#at = at + lengthBytes;
    this.#count += 1;
    return open;
  }

  /** Room for a datagram; for one message that fills it alone, with the head that is cut off again. */
  #begin(size: number): Uint8Array {
    const open = Buffer.allocUnsafe(Math.max(limits.datagramBytes, bundleHead.byteLength + lengthBytes + size));
    open.set(bundleHead);
    this.#at = bundleHead.byteLength;
    this.#count = 0;
    return open;
  }

  #finish(): void {
    if (this.#open === undefined) return;
    this.#datagrams.push(this.#open.subarray(this.#count === 1 ? bundleHead.byteLength + lengthBytes : 0, this.#at));
    this.#open = undefined;
    this.#view = undefined;
  }
}
