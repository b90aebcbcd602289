import { MCAP_MAGIC } from "@mcap/core";
import type { ByteSource } from "./byte-source.ts";
import { RecordingError } from "./errors.ts";
import { FieldReader } from "./field-reader.ts";
import { Definitions } from "./definitions.ts";
import { mostUnpacked, recordingLimits } from "./limits.ts";
import { opcodes, readMetadata, recordHead, storedDefinition } from "./records.ts";
import type { Metadata } from "./records.ts";
import type { ChunkPlace, RecordingIndex } from "./chunk-place.ts";

/** Footer record and closing magic, bytes. */
const tailBytes = 29 + MCAP_MAGIC.length;
/**
 * The index at the end of a recording.
 * @returns undefined when the file was cut before it was written; one without chunks when it was left out @throws RecordingError `damaged`, `too_large`
 */
export async function readSummary(source: ByteSource): Promise<RecordingIndex | undefined> {
  if (source.size < tailBytes + MCAP_MAGIC.length) return undefined;
  const tail = await source.read(source.size - tailBytes, tailBytes);
  if (tail[0] !== opcodes.footer || !MCAP_MAGIC.every((value, index) => tail[29 + index] === value)) return undefined;
  const fields = new FieldReader(tail.subarray(recordHead, 29));
  const [start, offsets] = [fields.place(), fields.place()];
  const end = offsets === 0 ? source.size - tailBytes : offsets;
  // It was not cut: its writer left the summary out. Its messages have to be looked for.
  if (start === 0) return { chunks: [], channels: new Map(), schemas: new Map(), metadata: [], cut: false };
  if (start < MCAP_MAGIC.length || end < start || end > source.size - tailBytes) throw new RecordingError("damaged", "its index points beyond it");
  return parseSummary(source, await source.read(start, end - start, recordingLimits.summaryBytes));
}

async function parseSummary(source: ByteSource, bytes: Uint8Array): Promise<RecordingIndex> {
  const definitions = new Definitions();
  const chunks: ChunkPlace[] = [];
  const metadata: Metadata[] = [];
  let [metadataLeft, unpacked]: [number, number] = [recordingLimits.metadataBytes, 0];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset + recordHead <= bytes.byteLength; ) {
    const begin = offset + recordHead;
    const length = view.getBigUint64(offset + 1, true);
    if (length > bytes.byteLength - begin) throw new RecordingError("damaged", "its index ends within a record");
    const content = bytes.subarray(begin, begin + Number(length));
    const opcode = view.getUint8(offset);
    if (opcode === opcodes.channel || opcode === opcodes.schema) definitions.add(storedDefinition(opcode, content));
    else if (opcode === opcodes.chunkIndex) {
      const place = readChunkIndex(content);
      chunks.push(place);
      unpacked += place.unpacked ?? 0;
    } else if (opcode === opcodes.metadataIndex) {
      const place = metadataPlace(content);
      metadataLeft -= place.length;
      if (metadataLeft >= 0) metadata.push(...(await metadataAt(source, place)));
    }
    if (chunks.length > recordingLimits.chunks) throw new RecordingError("too_large", `more than ${recordingLimits.chunks} chunks`);
    // Chunks that overlap, or that claim to grow without bounds: their sizes are then taken from the chunks themselves.
    if (unpacked > mostUnpacked(source.size)) throw new RecordingError("damaged", "its index claims chunks that are too long for it");
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
  fields.u64();
  fields.text();
  fields.u64();
  return { start, end, offset, length, channels, unpacked: fields.place() };
}

interface MetadataPlace {
  readonly offset: number;
  /** At least the head of a record, so that many of them are counted, too. */
  readonly length: number;
}

function metadataPlace(content: Uint8Array): MetadataPlace {
  const fields = new FieldReader(content);
  return { offset: fields.place(), length: Math.max(fields.place(), recordHead) };
}

/** Empty where the metadata are damaged or too long: the messages can be read without them. */
async function metadataAt(source: ByteSource, { offset, length }: MetadataPlace): Promise<Metadata[]> {
  if (length > recordingLimits.factBytes) return [];
  try {
    const record = await source.read(offset, length);
    return record[0] === opcodes.metadata ? [readMetadata(record.subarray(recordHead))] : [];
  } catch (error) {
    if (error instanceof RecordingError && error.code === "damaged") return [];
    throw error;
  }
}
