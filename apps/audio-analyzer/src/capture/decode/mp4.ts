import type { Bytes } from "./bytes.ts";
import { fourCharacters, joinBytes, memoryBytes, pieces, sliceBytes, view } from "./bytes.ts";
import { createDamage, decodeWith, silenceNoise, tolerateGaps, UnreadableError } from "./pcm.ts";
import type { Pcm } from "./pcm.ts";

/** Bytes passed to the decoder at once. */
const pieceBytes = 16_384;

/** A longer index means a broken size, bytes. */
const longestIndex = 64 * 2 ** 20;
const mostBoxes = 100_000;

interface Box {
  readonly name: string;
  readonly at: number;
  /** Bytes, including the header. */
  readonly size: number;
  readonly headBytes: number;
}

/** M4A, MP4 and MOV: AAC, Apple Lossless and other codecs of the decoder. @throws UnreadableError when it cannot be decoded */
export async function* decodeMp4(bytes: Bytes, from: number): AsyncGenerator<Pcm> {
  const ordered = await indexFirst(sliceBytes(bytes, from, bytes.size));
  const openCodec = async () => (await import("@audio/decode-mp4")).decoder();
  const damage = createDamage(tolerateGaps);
  yield* decodeWith(openCodec, pieces(ordered, pieceBytes), damage, silenceNoise);
  damage.end();
}

/**
 * The same file with its index ("moov") before the sound: with the index at the end, a decoder that reads forward would
 * have to keep the whole file.
 */
async function indexFirst(bytes: Bytes): Promise<Bytes> {
  const boxes: Box[] = [];
  for await (const box of readBoxes(bytes)) boxes.push(box);
  const index = boxes.find(({ name }) => name === "moov");
  if (index === undefined || index.at + index.size > bytes.size) {
    throw new UnreadableError("has no index (moov), so the place of its sound is unknown: it is cut off or was never finished; copy or record it again");
  }
  if (index.size > longestIndex) throw new UnreadableError("has an index (moov) that is too long: copy it again from where it came from");
  const moov = (await bytes.read(index.at, index.size)).slice();
  const sound = boxes.find(({ name }) => name === "mdat" || name === "moof");
  const moves = sound !== undefined && sound.at < index.at;
  checkTables(moov, index.headBytes, bytes.size, moves ? index.size : 0);
  if (!moves) return bytes;
  return joinBytes([
    sliceBytes(bytes, 0, sound.at),
    memoryBytes(moov),
    sliceBytes(bytes, sound.at, index.at),
    sliceBytes(bytes, index.at + index.size, bytes.size),
  ]);
}

async function* readBoxes(bytes: Bytes): AsyncGenerator<Box> {
  let at = 0;
  for (let boxes = 0; boxes < mostBoxes && at + 8 <= bytes.size; boxes += 1) {
    const box = readBox(await bytes.read(at, 16), 0, bytes.size - at);
    if (box === undefined) return;
    yield { ...box, at };
    at += box.size;
  }
}

/** The box at `at`; undefined where its size makes no sense. `left`: bytes to the end of the enclosing box. */
function readBox(data: Uint8Array, at: number, left: number): Box | undefined {
  if (at + 8 > data.length) return undefined;
  const numbers = view(data);
  const name = fourCharacters(data, at + 4);
  const size = numbers.getUint32(at);
  if (size === 0) return { name, at, size: left, headBytes: 8 };
  if (size === 1 && at + 16 <= data.length) return { name, at, size: Math.max(16, Number(numbers.getBigUint64(at + 8))), headBytes: 16 };
  return size < 8 ? undefined : { name, at, size, headBytes: 8 };
}

const holders: readonly string[] = ["moov", "trak", "mdia", "minf", "stbl"];

/** Bytes per entry in the tables that the decoder reads, and the offset of the number of entries. */
const tables: Readonly<Record<string, { entryBytes: number; countAt: number }>> = {
  stco: { entryBytes: 4, countAt: 4 },
  co64: { entryBytes: 8, countAt: 4 },
  stsc: { entryBytes: 12, countAt: 4 },
  stts: { entryBytes: 8, countAt: 4 },
  stsz: { entryBytes: 4, countAt: 8 },
};

/** Adds `shift` to all offsets in the index. Throws UnreadableError where a table is longer than its box. */
function checkTables(moov: Uint8Array, from: number, fileSize: number, shift: number): void {
  const numbers = view(moov);
  const walk = (start: number, end: number): void => {
    for (let at = start; at + 8 <= end;) {
      const box = readBox(moov, at, end - at);
      if (box === undefined || at + box.size > end) return;
      const body = at + box.headBytes;
      if (holders.includes(box.name)) walk(body, at + box.size);
      const table = tables[box.name];
      if (table !== undefined) checkTable(box.name, table, body, at + box.size);
      at += box.size;
    }
  };
  const checkTable = (name: string, { entryBytes, countAt }: { entryBytes: number; countAt: number }, body: number, end: number): void => {
    const entries = body + countAt + 4;
    const count = entries <= end ? numbers.getUint32(body + countAt) : Number.POSITIVE_INFINITY;
    const sameSize = name === "stsz" && entries <= end ? numbers.getUint32(body + 4) : 0;
    if (sameSize > 0 ? count * sameSize > fileSize : entries + count * entryBytes > end) {
      throw new UnreadableError("has a damaged index (moov): copy it again from where it came from");
    }
    for (let i = 0; i < count; i += 1) {
      const at = entries + i * entryBytes;
      if (name === "stco") numbers.setUint32(at, numbers.getUint32(at) + shift);
      if (name === "co64") numbers.setBigUint64(at, numbers.getBigUint64(at) + BigInt(shift));
    }
  };
  walk(from, moov.length);
}
