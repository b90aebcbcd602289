import { RecordingError } from "./errors.ts";

const utf8 = new TextDecoder();

/** Reads the fields of one record in order. Every read is checked against its end. */
export class FieldReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.byteLength - this.#offset;
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  /** A place or a length in the file. @throws RecordingError when it is too large for an exact number */
  place(): number {
    const value = this.u64();
    if (value > Number.MAX_SAFE_INTEGER) throw new RecordingError("damaged", `a place of ${value} bytes`);
    return Number(value);
  }

  text(): string {
    return utf8.decode(this.bytes(this.u32()));
  }

  /** A view of the next bytes; not a copy. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** All bytes that are not read yet. */
  rest(): Uint8Array {
    return this.bytes(this.left);
  }

  texts(): Map<string, string> {
    const inner = new FieldReader(this.bytes(this.u32()));
    const map = new Map<string, string>();
    while (inner.left > 0) map.set(inner.text(), inner.text());
    return map;
  }

  #take(length: number): number {
    const start = this.#offset;
    if (length > this.left) throw new RecordingError("damaged", "a record ends within a field");
    this.#offset += length;
    return start;
  }
}
