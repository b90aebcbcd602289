import { Opcode } from "@mcap/core";
import { RecordingError } from "./errors.ts";
import { FieldReader } from "./field-reader.ts";
import type { StoredChunk } from "./codec.ts";

/** A channel: one address of the bus, or a list of JSON values. */
export interface Channel {
  readonly id: number;
  readonly schemaId: number;
  readonly topic: string;
  /** `osc`: the bytes of one OSC message; `json`. */
  readonly encoding: string;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The name and description of a JSON value. */
export interface Schema {
  readonly id: number;
  readonly name: string;
  readonly encoding: string;
  readonly data: Uint8Array;
}

/** Facts about a recording beside its messages. */
export interface Metadata {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** A chunk record: its messages lie between these times, epoch nanoseconds. */
export interface ChunkRecord extends StoredChunk {
  readonly start: bigint;
  readonly end: bigint;
}

/** One message in a chunk. */
export interface MessageRecord {
  readonly channelId: number;
  /** Epoch nanoseconds. */
  readonly at: bigint;
  /** When it was sent, epoch nanoseconds; before `at` where a file begins with the states of the one before. */
  readonly published: bigint;
  readonly data: Uint8Array;
  /** Where its record begins among the records of the chunk, bytes. */
  readonly offset: number;
}

/** A channel or schema as it is stored. A file may repeat it in each chunk, so it is read only where its id is new. */
export interface StoredDefinition {
  readonly type: "channel" | "schema";
  readonly id: number;
  readonly content: Uint8Array;
}

/** What a chunk holds; definitions come before the messages that use them. */
export type ChunkContent = ({ readonly type: "message" } & MessageRecord) | StoredDefinition;

/** The first byte of each kind of record that is read; as numbers, since they are compared with what any file may hold. */
export const opcodes: Readonly<Record<"footer" | "schema" | "channel" | "message" | "chunk" | "attachment" | "chunkIndex" | "metadata" | "metadataIndex" | "dataEnd", number>> = {
  footer: Opcode.FOOTER,
  schema: Opcode.SCHEMA,
  channel: Opcode.CHANNEL,
  message: Opcode.MESSAGE,
  chunk: Opcode.CHUNK,
  attachment: Opcode.ATTACHMENT,
  chunkIndex: Opcode.CHUNK_INDEX,
  metadata: Opcode.METADATA,
  metadataIndex: Opcode.METADATA_INDEX,
  dataEnd: Opcode.DATA_END,
};

/** Bytes of a record before its content: the opcode and the length. */
export const recordHead = 9;

export function readChannel(content: Uint8Array): Channel {
  const fields = new FieldReader(content);
  return { id: fields.u16(), schemaId: fields.u16(), topic: fields.text(), encoding: fields.text(), metadata: fields.texts() };
}

export function readSchema(content: Uint8Array): Schema {
  const fields = new FieldReader(content);
  return { id: fields.u16(), name: fields.text(), encoding: fields.text(), data: fields.bytes(fields.u32()) };
}

export function readMetadata(content: Uint8Array): Metadata {
  const fields = new FieldReader(content);
  return { name: fields.text(), values: fields.texts() };
}

export function readChunk(content: Uint8Array): ChunkRecord {
  const fields = new FieldReader(content);
  const [start, end, uncompressedSize, uncompressedCrc, compression] = [fields.u64(), fields.u64(), fields.u64(), fields.u32(), fields.text()];
  return { start, end, uncompressedSize, uncompressedCrc, compression, records: fields.bytes(fields.place()) };
}

/** The records of an unpacked chunk, in their order. @throws RecordingError `damaged` */
export function* chunkContent(records: Uint8Array): Generator<ChunkContent, void, void> {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  let offset = 0;
  while (offset < records.byteLength) {
    if (offset + recordHead > records.byteLength) throw new RecordingError("damaged", "a chunk ends within a record");
    const opcode = view.getUint8(offset);
    const length = view.getBigUint64(offset + 1, true);
    const begin = offset + recordHead;
    if (length > records.byteLength - begin) throw new RecordingError("damaged", "a record is longer than its chunk");
    const end = begin + Number(length);
    if (opcode === opcodes.message) {
      if (length < 22) throw new RecordingError("damaged", "a message ends within its head");
      yield { type: "message", channelId: view.getUint16(begin, true), at: view.getBigUint64(begin + 6, true), published: view.getBigUint64(begin + 14, true), data: records.subarray(begin + 22, end), offset };
    } else if (opcode === opcodes.channel || opcode === opcodes.schema) yield storedDefinition(opcode, records.subarray(begin, end));
    offset = end;
  }
}

/** @throws RecordingError `damaged` when it ends within its id */
export function storedDefinition(opcode: number, content: Uint8Array): StoredDefinition {
  return { type: opcode === opcodes.schema ? "schema" : "channel", id: new FieldReader(content).u16(), content };
}
