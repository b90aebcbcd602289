import { compress, isLoaded } from "@foxglove/wasm-zstd";
import { MCAP_MAGIC } from "@mcap/core";
import type { ByteSource } from "../src/byte-source.ts";
import { opcodes } from "../src/records.ts";

// Records of MCAP as a stranger may write them, of any sizes.

export function record(opcode: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head[0] = opcode;
  head.writeBigUInt64LE(BigInt(content.byteLength), 1);
  return Buffer.concat([head, content]);
}

export function text(value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(value)]);
}

export function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * index);
  return bytes;
}

export function channelContent(id: number, topic: string): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id);
  return Buffer.concat([head, text(topic), text("osc"), text("")]);
}

export function message(id: number, at: number): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt16LE(id);
  return record(opcodes.message, Buffer.concat([head, numbers(at, at)]));
}

/** A chunk whose checksum is not given. */
export async function chunk(records: Uint8Array): Promise<Buffer> {
  await isLoaded;
  const packed = compress(records, 1);
  return record(opcodes.chunk, Buffer.concat([numbers(1, 1, records.byteLength), Buffer.alloc(4), text("zstd"), numbers(packed.byteLength), packed]));
}

/** A file without an index. */
export function fileOf(...records: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Uint8Array.from(MCAP_MAGIC), record(1, Buffer.concat([text(""), text("other")])), ...records]);
}

/** A file in memory that counts what is read of it. */
export class CountedSource implements ByteSource {
  readonly #bytes: Uint8Array;
  bytesRead = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.byteLength;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    this.bytesRead += length;
    return this.#bytes.subarray(offset, offset + length);
  }

  async close(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}
