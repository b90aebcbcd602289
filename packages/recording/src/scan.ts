import { MCAP_MAGIC } from "@mcap/core";
import type { ByteSource } from "./byte-source.ts";
import { unpackChunk } from "./codec.ts";
import { RecordingError } from "./errors.ts";
import { nextChunk } from "./next-chunk.ts";
import { mostUnpacked, recordingLimits } from "./limits.ts";
import { opcodes, readChunk, readMetadata, recordHead, storedDefinition } from "./records.ts";
import type { ChunkRecord, Metadata, StoredDefinition } from "./records.ts";

/** One record of a recording as it lies, without help of its summary. Places and lengths in bytes. */
export type ScannedRecord =
  | { readonly type: "chunk"; readonly offset: number; readonly length: number; readonly chunk: ChunkRecord; readonly records: Uint8Array }
  | { readonly type: "message"; readonly offset: number; readonly length: number; readonly records: Uint8Array }
  | { readonly type: "metadata"; readonly metadata: Metadata }
  | StoredDefinition
  /** Something here cannot be read, or is not read: an attachment. If a whole chunk follows, reading goes on there. */
  | { readonly type: "damage" };

/** Read at once, bytes. */
const windowBytes = 1_048_576;

/** @throws RecordingError `not_a_recording` when the file does not begin as one */
export async function checkHead(source: ByteSource): Promise<void> {
  const head = await source.read(0, Math.min(source.size, MCAP_MAGIC.length));
  if (head.length === MCAP_MAGIC.length && MCAP_MAGIC.every((value, index) => head[index] === value)) return;
  throw new RecordingError("not_a_recording", source.size === 0 ? "it is empty" : "it does not begin as an MCAP file");
}

/** Damaged places after which a whole chunk is looked for. */
const mostSearches = 256;
/** What was read before a damaged place may be read again from the next chunk on: so many times the size of the file, all places together. */
const mostReadAgain = 2;

/**
 * Every whole record up to the end of the data, or to where the file was cut; messages outside of chunks one by one. A damaged chunk is left out;
 * after a place where no record can begin it goes on with the next whole chunk. `loadCodec` must have resolved.
 * @throws RecordingError `not_a_recording`, `too_large`, `unsupported`
 */
export async function* scan(source: ByteSource): AsyncGenerator<ScannedRecord, void, void> {
  await checkHead(source);
  const read = windowOf(source);
  let offset: number = MCAP_MAGIC.length;
  /** The lengths of all records up to here are right: a chunk or message proved them. */
  let proven = offset;
  let anyChunk = false;
  let [unpacked, again] = [0n, 0];
  for (let searches = 0; offset + recordHead <= source.size; ) {
    const head = await read(offset, recordHead);
    const [opcode, length] = [head.getUint8(0), head.getBigUint64(1, true)];
    const begin = offset + recordHead;
    if (isEnd(opcode, length)) return;
    const tooLong = anyChunk && contentOpcodes.has(opcode) && length > recordingLimits.recordBytes;
    if (!isOpcode(opcode) || length > source.size - begin || tooLong) {
      again += offset - proven;
      const mayGoOn = searches < mostSearches && again <= mostReadAgain * source.size;
      const next = mayGoOn ? await nextChunk(source, proven) : undefined;
      const isCut = next === undefined && (isOpcode(opcode) ? length <= recordingLimits.recordBytes : await isZero(read, offset, source.size));
      if (!isCut) yield { type: "damage" };
      if (next === undefined) return;
      searches += 1;
      [offset, proven] = [next, next + 1];
      continue;
    }
    const end = begin + Number(length);
    if (opcode === opcodes.message) yield { type: "message", offset, length: end - offset, records: await bytesOf(read, offset, end - offset) };
    const found: ScannedRecord | undefined = contentOpcodes.has(opcode) ? scanned(opcode, offset, await bytesOf(read, begin, Number(length)), anyChunk) : undefined;
    if (found?.type === "chunk") {
      unpacked += found.chunk.uncompressedSize;
      if (unpacked > mostUnpacked(source.size)) throw new RecordingError("too_large", `its chunks are longer than ${mostUnpacked(source.size)} bytes once they are decompressed, for a file of ${source.size}`);
    }
    if (found !== undefined) yield found;
    else if (opcode === opcodes.attachment) yield { type: "damage" };
    anyChunk ||= found?.type === "chunk";
    if (found?.type === "chunk" || opcode === opcodes.message) proven = end;
    offset = end;
  }
}

/** The last of the opcodes that the format defines, data end. */
const lastOpcode = opcodes.dataEnd;
/** Opcodes from here on belong to other programs. */
const firstPrivate = 128;

function isOpcode(opcode: number): boolean {
  return (opcode > 0 && opcode <= lastOpcode) || opcode >= firstPrivate;
}

/** After a loss of power a file system may leave zeros at the end. */
async function isZero(read: Read, offset: number, size: number): Promise<boolean> {
  const bytes = await bytesOf(read, offset, Math.min(size - offset, windowBytes));
  return bytes.every((byte) => byte === 0);
}

function isEnd(opcode: number, length: bigint): boolean {
  return (opcode === opcodes.dataEnd && length === 4n) || (opcode === opcodes.footer && length === 20n);
}

const contentOpcodes: ReadonlySet<number> = new Set([opcodes.chunk, opcodes.channel, opcodes.schema, opcodes.metadata]);

function scanned(opcode: number, offset: number, content: Uint8Array, anyChunk: boolean): ScannedRecord {
  try {
    if (opcode === opcodes.channel || opcode === opcodes.schema) return storedDefinition(opcode, content);
    if (opcode === opcodes.metadata) return content.byteLength > recordingLimits.factBytes ? { type: "damage" } : { type: "metadata", metadata: readMetadata(content) };
    const chunk = readChunk(content);
    return { type: "chunk", offset, length: recordHead + content.byteLength, chunk, records: unpackChunk(chunk) };
  } catch (error) {
    // Other chunks of this file were read, so a fault of this one, of whatever kind, is damage.
    if (error instanceof RecordingError && (anyChunk || error.code === "damaged")) return { type: "damage" };
    throw error;
  }
}

type Read = (offset: number, length: number) => Promise<DataView>;

/** Most records are short, so many are taken out of one long read. */
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
