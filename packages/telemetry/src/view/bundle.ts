import { limits } from "@vj/schema";

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
  #open: Uint8Array | undefined;
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
    const size = (head?.byteLength ?? 0) + bytes.byteLength - from;
    if (this.#open !== undefined && this.#at + lengthBytes + size > limits.datagramBytes) this.#finish();
    const open = (this.#open ??= this.#begin(size));
    let at = this.#at;
    open[at] = size >>> 24;
    open[at + 1] = size >>> 16;
    open[at + 2] = size >>> 8;
    open[at + 3] = size;
    at += lengthBytes;
    if (head !== undefined) open.set(head, at);
    at += head?.byteLength ?? 0;
    const rest = bytes.byteLength - from;
    if (head === undefined) open.set(bytes, at);
    else if (rest > fewBytes) open.set(bytes.subarray(from), at);
    else for (let index = 0; index < rest; index += 1) open[at + index] = bytes[from + index] ?? 0;
    this.#at = at + rest;
    this.#count += 1;
  }

  /** The datagrams so far; it is empty afterwards. */
  take(): Uint8Array[] {
    this.#finish();
    const datagrams = this.#datagrams;
    this.#datagrams = [];
    return datagrams;
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
  }
}
