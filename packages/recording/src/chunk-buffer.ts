import { opcodes, recordHead } from "./records.ts";

/** Of a message record, bytes: its head, channel, sequence and two times. */
const messageHead = recordHead + 2 + 4 + 8 + 8;
const firstBytes = 65_536;
/** Shorter messages are copied byte by byte, which takes less time than to make a view of them. */
const shortMessage = 64;

/** A part of some bytes. One object may stand for one part after the other, so that nothing is made for each message. */
export interface BytesWithin {
  readonly data: Uint8Array;
  /** First byte, and the one behind the last. */
  readonly begin: number;
  readonly end: number;
}

/** Records of a chunk that is being gathered. Adding a message allocates nothing, except where the buffer has to grow. */
export class ChunkBuffer {
  #bytes = new Uint8Array(firstBytes);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #messages = 0;
  #start = 0n;
  #end = 0n;

  /** Bytes gathered. */
  get length(): number {
    return this.#length;
  }

  /** Messages gathered. */
  get messages(): number {
    return this.#messages;
  }

  /** Time of the first message, epoch nanoseconds. */
  get start(): bigint {
    return this.#start;
  }

  get end(): bigint {
    return this.#end;
  }

  /** A view of what was gathered, until the next change. */
  get records(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Adds a record as it is. */
  append(record: Uint8Array): void {
    this.#reserve(record.byteLength);
    this.#bytes.set(record, this.#length);
    this.#length += record.byteLength;
  }

  /** Adds a message, copied. @param at epoch nanoseconds @param published the same */
  add(channelId: number, at: bigint, message: BytesWithin, published: bigint): void {
    const size = message.end - message.begin;
    this.#reserve(messageHead + size);
    const [view, place] = [this.#view, this.#length];
    view.setUint8(place, opcodes.message);
    view.setUint32(place + 1, messageHead - recordHead + size, true);
    view.setUint32(place + 5, 0, true);
    view.setUint16(place + 9, channelId, true);
    view.setUint32(place + 11, 0, true);
    view.setBigUint64(place + 15, at, true);
    view.setBigUint64(place + 23, published, true);
    this.#copy(message, place + messageHead);
    this.#length = place + messageHead + size;
    if (this.#messages === 0 || at < this.#start) this.#start = at;
    if (this.#messages === 0 || at > this.#end) this.#end = at;
    this.#messages += 1;
  }

  /** Empties it. A buffer that had to grow for one chunk is given back. */
  clear(): void {
    if (this.#bytes.byteLength > 4 * firstBytes && this.#length < firstBytes) this.#resize(firstBytes, 0);
    this.#length = 0;
    this.#messages = 0;
  }

  #copy({ data, begin, end }: BytesWithin, to: number): void {
    if (end - begin > shortMessage) {
      this.#bytes.set(data.subarray(begin, end), to);
      return;
    }
    const shift = to - begin;
    for (let index = begin; index < end; index += 1) this.#bytes[index + shift] = data[index] ?? 0;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#bytes.byteLength) this.#resize(Math.max(needed, 2 * this.#bytes.byteLength), this.#length);
  }

  #resize(size: number, kept: number): void {
    const bytes = new Uint8Array(size);
    bytes.set(this.#bytes.subarray(0, kept));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
