import { MCAP_MAGIC } from "@mcap/core";
import type { ByteSource } from "./byte-source.ts";
import { RecordingError } from "./errors.ts";
import { FieldReader } from "./field-reader.ts";
import { Definitions } from "./definitions.ts";
import { recordingLimits } from "./limits.ts";
import { readChannel, readMetadata, readSchema, opcodes, recordHead } from "./records.ts";
import type { Metadata } from "./records.ts";
import type { ChunkPlace, RecordingIndex } from "./chunk-place.ts";

/** Footer record and closing magic, bytes. */
const tailBytes = 29 + MCAP_MAGIC.length;
/** Metadata records that are read. */
const mostMetadata = 4096;

/**
 * The index at the end of a recording.
 * @returns undefined when the file was cut before it was written @throws RecordingError `damaged`, `too_large`
 */
export async function readSummary(source: ByteSource): Promise<RecordingIndex | undefined> {
  if (source.size < tailBytes + MCAP_MAGIC.length) return undefined;
  const tail = await source.read(source.size - tailBytes, tailBytes);
  if (tail[0] !== opcodes.footer || !MCAP_MAGIC.every((value, index) => tail[29 + index] === value)) return undefined;
  const fields = new FieldReader(tail.subarray(recordHead, 29));
  const [start, offsets] = [fields.place(), fields.place()];
  const end = offsets === 0 ? source.size - tailBytes : offsets;
  // Without a summary its messages have to be looked for, as in a file that was cut.
  if (start === 0) return undefined;
  if (start < MCAP_MAGIC.length || end < start || end > source.size - tailBytes) throw new RecordingError("damaged", "its index points beyond it");
  return parseSummary(source, await source.read(start, end - start, recordingLimits.summaryBytes));
}

async function parseSummary(source: ByteSource, bytes: Uint8Array): Promise<RecordingIndex> {
  const definitions = new Definitions();
  const chunks: ChunkPlace[] = [];
  const metadata: Metadata[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset + recordHead <= bytes.byteLength; ) {
    const begin = offset + recordHead;
    const length = view.getBigUint64(offset + 1, true);
    if (length > bytes.byteLength - begin) throw new RecordingError("damaged", "its index ends within a record");
    const content = bytes.subarray(begin, begin + Number(length));
    const opcode = view.getUint8(offset);
    if (opcode === opcodes.channel) definitions.addChannel(readChannel(content));
    else if (opcode === opcodes.schema) definitions.addSchema(readSchema(content));
    else if (opcode === opcodes.chunkIndex) chunks.push(readChunkIndex(content));
    else if (opcode === opcodes.metadataIndex && metadata.length < mostMetadata) metadata.push(...(await metadataAt(source, content)));
    if (chunks.length > recordingLimits.chunks) throw new RecordingError("too_large", `more than ${recordingLimits.chunks} chunks`);
    offset = begin + Number(length);
  }
  return { chunks, channels: definitions.channels, schemas: definitions.schemas, metadata, cut: false };
}

function readChunkIndex(content: Uint8Array): ChunkPlace {
  const fields = new FieldReader(content);
  const [start, end, offset, length] = [fields.u64(), fields.u64(), fields.place(), fields.place()];
  const places = new FieldReader(fields.bytes(fields.u32()));
  const channels = new Uint16Array(Math.floor(places.left / 10));
  for (let index = 0; index < channels.length; index += 1) {
    channels[index] = places.u16();
    places.u64();
  }
  return { start, end, offset, length, channels };
}

/** Empty where the metadata are damaged: the messages can be read without them. */
async function metadataAt(source: ByteSource, content: Uint8Array): Promise<Metadata[]> {
  const fields = new FieldReader(content);
  const [offset, length] = [fields.place(), fields.place()];
  try {
    const record = await source.read(offset, length);
    return record[0] === opcodes.metadata ? [readMetadata(record.subarray(recordHead))] : [];
  } catch (error) {
    if (error instanceof RecordingError && error.code === "damaged") return [];
    throw error;
  }
}
