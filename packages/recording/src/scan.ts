import { MCAP_MAGIC } from "@mcap/core";
import type { ByteSource } from "./byte-source.ts";
import { unpackChunk } from "./codec.ts";
import { RecordingError } from "./errors.ts";
import { recordingLimits } from "./limits.ts";
import { opcodes, readChannel, readChunk, readMetadata, readSchema, recordHead } from "./records.ts";
import type { Channel, ChunkRecord, Metadata, Schema } from "./records.ts";

/** One record of a recording as it lies, without help of its summary. Places and lengths in bytes. */
export type ScannedRecord =
  | { readonly type: "chunk"; readonly offset: number; readonly length: number; readonly chunk: ChunkRecord; readonly records: Uint8Array }
  | { readonly type: "message"; readonly offset: number; readonly length: number; readonly records: Uint8Array }
  | { readonly type: "metadata"; readonly metadata: Metadata }
  | { readonly type: "channel"; readonly channel: Channel }
  | { readonly type: "schema"; readonly schema: Schema };

/** Read at once, bytes. */
const windowBytes = 1_048_576;

/** @throws RecordingError `not_a_recording` when the file does not begin as one */
export async function checkHead(source: ByteSource): Promise<void> {
  const head = await source.read(0, Math.min(source.size, MCAP_MAGIC.length));
  if (head.length === MCAP_MAGIC.length && MCAP_MAGIC.every((value, index) => head[index] === value)) return;
  throw new RecordingError("not_a_recording", source.size === 0 ? "it is empty" : "it does not begin as an MCAP file");
}

/**
 * Every whole record up to the end of the data, or to where the file was cut; messages outside of chunks one by one. A damaged chunk is left out. `loadCodec` must have resolved.
 * @throws RecordingError `not_a_recording`, `too_large`, `unsupported`
 */
export async function* scan(source: ByteSource): AsyncGenerator<ScannedRecord, void, void> {
  await checkHead(source);
  const read = windowOf(source);
  let offset: number = MCAP_MAGIC.length;
  while (offset + recordHead <= source.size) {
    const head = await read(offset, recordHead);
    const [opcode, length] = [head.getUint8(0), head.getBigUint64(1, true)];
    const begin = offset + recordHead;
    // Zeros are what a file system may leave at the end after a loss of power.
    if (opcode === 0 || opcode === opcodes.dataEnd || opcode === opcodes.footer || length > source.size - begin) return;
    const end = begin + Number(length);
    if (opcode === opcodes.message) yield { type: "message", offset, length: end - offset, records: await bytesOf(read, offset, end - offset) };
    const found = contentOpcodes.has(opcode) ? scanned(opcode, offset, await bytesOf(read, begin, Number(length))) : undefined;
    if (found !== undefined) yield found;
    offset = end;
  }
}

const contentOpcodes: ReadonlySet<number> = new Set([opcodes.chunk, opcodes.channel, opcodes.schema, opcodes.metadata]);

function scanned(opcode: number, offset: number, content: Uint8Array): ScannedRecord | undefined {
  try {
    if (opcode === opcodes.channel) return { type: "channel", channel: readChannel(content) };
    if (opcode === opcodes.schema) return { type: "schema", schema: readSchema(content) };
    if (opcode === opcodes.metadata) return { type: "metadata", metadata: readMetadata(content) };
    const chunk = readChunk(content);
    return { type: "chunk", offset, length: recordHead + content.byteLength, chunk, records: unpackChunk(chunk) };
  } catch (error) {
    if (error instanceof RecordingError && error.code === "damaged") return undefined;
    throw error;
  }
}

type Read = (offset: number, length: number) => Promise<DataView>;

/** Most records are short: they are cut out of one longer read. */
function windowOf(source: ByteSource): Read {
  let window: Uint8Array = new Uint8Array();
  let begin = 0;
  return async (offset, length) => {
    if (length > recordingLimits.recordBytes) throw new RecordingError("too_large", `a record of ${length} bytes, more than ${recordingLimits.recordBytes}`);
    if (offset < begin || offset + length > begin + window.byteLength) {
      window = await source.read(offset, Math.min(source.size - offset, Math.max(length, windowBytes)));
      begin = offset;
    }
    return new DataView(window.buffer, window.byteOffset + offset - begin, length);
  };
}

async function bytesOf(read: Read, offset: number, length: number): Promise<Uint8Array> {
  const { buffer, byteOffset } = await read(offset, length);
  return new Uint8Array(buffer, byteOffset, length);
}
