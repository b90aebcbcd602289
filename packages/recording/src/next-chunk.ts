import type { ByteSource } from "./byte-source.ts";
import { opcodes, recordHead } from "./records.ts";

/** Read at once, bytes. */
const windowBytes = 1_048_576;
/** Head of a chunk record up to the length of its compression's name: opcode, length, times, size, checksum, that length. */
const headBytes = recordHead + 8 + 8 + 8 + 4 + 4;
/** The longest name of a compression that is looked for. */
const nameBytes = 4;

/**
 * Where the next chunk record begins, at or after a place in bytes that cannot be read. It is recognized by its lengths, which agree with one another and with the file.
 * @returns undefined when there is none
 */
export async function nextChunk(source: ByteSource, from: number): Promise<number | undefined> {
  const needed = headBytes + nameBytes + 8;
  for (let begin = from; begin + needed <= source.size; begin += windowBytes) {
    const bytes = await source.read(begin, Math.min(source.size - begin, windowBytes + needed - 1));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const last = bytes.byteLength - needed;
    for (let at = bytes.indexOf(opcodes.chunk); at >= 0 && at <= last; at = bytes.indexOf(opcodes.chunk, at + 1)) {
      if (isChunk(view, at, source.size - begin - at)) return begin + at;
    }
  }
  return undefined;
}

/** @param room bytes up to the end of the file */
function isChunk(view: DataView, at: number, room: number): boolean {
  const length = view.getBigUint64(at + 1, true);
  const name = view.getUint32(at + headBytes - 4, true);
  if (name > nameBytes || length + BigInt(recordHead) > room) return false;
  const records = view.getBigUint64(at + headBytes + name, true);
  return records + BigInt(headBytes + name + 8 - recordHead) === length;
}
