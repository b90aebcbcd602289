import type { BytesWithin } from "@vj/recording";

/** Limits as of `decode` in `@vj/telemetry`. */
const mostBytes = 65_507;
const deepest = 8;
/** Of a message, bytes: shorter ones have no address. */
const shortest = 2;

/** The messages of one datagram, one after the other. Used again for each datagram: nothing is allocated for a message. */
export class PacketSplitter implements BytesWithin {
  /** Begin and end of each message, bytes. Each takes at least eight bytes of a bundle. */
  readonly #places = new Uint16Array((2 * mostBytes) / 4);
  #count = 0;
  #index = -1;
  data: Uint8Array = new Uint8Array();

  /** Takes a datagram; `next` goes to its first message. One that is not OSC has none. What a message holds behind its address is not checked. Never throws. */
  split(packet: Uint8Array): this {
    this.#count = 0;
    this.#index = -1;
    this.data = packet;
    if (packet.byteLength > mostBytes || !this.#packet(packet, 0, packet.byteLength, 0)) this.#count = 0;
    return this;
  }

  /** Goes to the next message, bundles flattened in order. @returns whether there is one */
  next(): boolean {
    this.#index += 1;
    return this.#index < this.#count;
  }

  /** Where the current message begins and ends, bytes. */
  get begin(): number {
    return this.#places[2 * this.#index] ?? 0;
  }

  get end(): number {
    return this.#places[2 * this.#index + 1] ?? 0;
  }

  #packet(packet: Uint8Array, begin: number, end: number, depth: number): boolean {
    if (packet[begin] === 0x2f) return this.#message(begin, end);
    return isBundle(packet, begin, end) && depth < deepest && this.#bundle(packet, begin + 16, end, depth + 1);
  }

  #bundle(packet: Uint8Array, first: number, end: number, depth: number): boolean {
    for (let at = first; at < end; ) {
      if (at + 4 > end) return isZero(packet, at, end);
      const begin = at + 4;
      at = begin + sizeAt(packet, at);
      if (at < begin || at > end) return false;
      if (at > begin && !this.#packet(packet, begin, at, depth)) return false;
    }
    return true;
  }

  #message(begin: number, end: number): boolean {
    if (end - begin < shortest) return false;
    this.#places[2 * this.#count] = begin;
    this.#places[2 * this.#count + 1] = end;
    this.#count += 1;
    return true;
  }
}

const bundleHead = Buffer.from("#bundle\0");

function isBundle(packet: Uint8Array, begin: number, end: number): boolean {
  if (end - begin < 16) return false;
  for (const [index, byte] of bundleHead.entries()) if (packet[begin + index] !== byte) return false;
  return true;
}

/** A big-endian integer of 32 bits with its sign. */
function sizeAt(packet: Uint8Array, at: number): number {
  return ((packet[at] ?? 0) << 24) | ((packet[at + 1] ?? 0) << 16) | ((packet[at + 2] ?? 0) << 8) | (packet[at + 3] ?? 0);
}

function isZero(packet: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (packet[at] !== 0) return false;
  return true;
}
