import type { Bytes } from "./bytes.ts";
import { fourCharacters, isName, view } from "./bytes.ts";
import { findChunk } from "./find-chunk.ts";
import type { FoundChunk } from "./find-chunk.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";
import { sampleSizes } from "./raw-samples.ts";
import type { SampleFormat } from "./raw-samples.ts";
import { sampleBytes } from "./sample-size.ts";

/** Place and format of samples: of a whole WAV file, or of a part of one. */
export interface WaveFile {
  readonly format: SampleFormat;
  /** Offsets of the first byte of the samples and of the byte after the last one. */
  readonly from: number;
  readonly to: number;
}

/** Layout of the chunks of a kind of file. */
interface Layout {
  readonly littleEndian: boolean;
  /** Sony's W64: names of 16 bytes, sizes of 8 bytes that include the header, chunks aligned to 8. */
  readonly wide: boolean;
  /** Offset of the first chunk. */
  readonly first: number;
}

const layouts: Readonly<Record<string, Layout>> = {
  RIFF: { littleEndian: true, wide: false, first: 12 },
  RIFX: { littleEndian: false, wide: false, first: 12 },
  RF64: { littleEndian: true, wide: false, first: 12 },
  BW64: { littleEndian: true, wide: false, first: 12 },
  riff: { littleEndian: true, wide: true, first: 40 },
};

/** A file with more chunks than this is broken. */
const mostChunks = 10_000;
/** A size that means "see the ds64 chunk" or "not known yet". */
const openSize = 0xffffffff;

/** If this many times more data follows than the declared samples, the size is wrong. */
export const unfilledFactor = 10;

interface Chunk extends FoundChunk {
  readonly name: string;
}

/** Chunks that contain chunks, and the type of their content: samples in several parts, and a second file behind the first. */
const nested: Readonly<Record<string, string>> = { LIST: "wavl", RIFF: "WAVE" };

/**
 * Reads the chunks of a RIFF, RIFX, RF64, BW64 or W64 file. Most have one data chunk; those of some recorders, and files
 * that were appended to each other, have several.
 * @throws UnreadableError when there are no samples, or their format is missing
 */
export async function readWaveFile(bytes: Bytes): Promise<readonly WaveFile[]> {
  const layout = layouts[fourCharacters(await bytes.read(0, 4), 0)];
  if (layout === undefined) throw new UnreadableError("is not a WAV file");
  let format: SampleFormat | undefined;
  const found: { from: number; to: number; format: SampleFormat | undefined }[] = [];
  let dataSize64 = 0;
  let at = layout.first;
  for (let chunks = 0; chunks < mostChunks; chunks += 1) {
    const chunk = await readChunk(bytes, layout, at);
    // What follows the samples may be junk.
    if (chunk === undefined || (found.length > 0 && !isName(await bytes.read(at, 4)))) break;
    const { name, body, size } = chunk;
    if (name === "ds64") dataSize64 = await readDataSize64(bytes, body);
    if (name === "fmt ") format = readFormat(await bytes.read(body, Math.min(size, longestFormat)), layout.littleEndian);
    if (name === "data") {
      const declared = dataSize64 > 0 && size === openSize ? dataSize64 : size;
      const to = await endOfData(bytes, layout, body, declared);
      found.push({ from: body, to, format });
      at = await nextChunk(bytes, layout, body, to - body);
    } else if (nested[name] !== undefined && fourCharacters(await bytes.read(body, 4), 0) === nested[name]) at = body + 4;
    else at = await nextChunk(bytes, layout, body, size);
  }
  if (found.length === 0) {
    const data = await findData(bytes, layout);
    if (data === undefined) throw new UnreadableError("contains no samples: it is a WAV file without a data chunk; record or copy it again");
    found.push({ from: data.body, to: await endOfData(bytes, layout, data.body, data.size), format });
  }
  const last = format ?? (await findFormat(bytes, layout));
  if (last === undefined) throw new UnreadableError("does not declare its sample format: it is a WAV file without a format chunk; record or copy it again");
  return found.map(({ from, to, format: own = last }) => ({ from, to, format: own }));
}

/** The samples behind a chunk of a wrong size. Their size is that of the rest, or was not filled in. */
async function findData(bytes: Bytes, layout: Layout): Promise<FoundChunk | undefined> {
  return findLikely(bytes, layout, "data", ({ body, size }) => size === openSize || (body < bytes.size && (size === 0 || body + size <= bytes.size + 1)));
}

async function findFormat(bytes: Bytes, layout: Layout): Promise<SampleFormat | undefined> {
  const chunk = await findLikely(bytes, layout, "fmt ", ({ size }) => size >= shortestFormat && size <= longestFormat);
  return chunk === undefined ? undefined : readFormat(await bytes.read(chunk.body, chunk.size), layout.littleEndian);
}

/** What follows the four letters in the long name of each of these two chunks of a W64 file. */
const wideName = "f3acd3118cd100c04f8edb8a";

async function findLikely(bytes: Bytes, layout: Layout, name: string, isLikely: (chunk: FoundChunk) => boolean): Promise<FoundChunk | undefined> {
  if (!layout.wide) return findChunk(bytes, name, layout.littleEndian, isLikely);
  const found = await findChunk(bytes, name, true, async ({ body }) => Buffer.from(await bytes.read(body - 4, 12)).toString("hex") === wideName);
  return found === undefined ? undefined : readChunk(bytes, layout, found.body - 8);
}

async function readChunk(bytes: Bytes, { littleEndian, wide }: Layout, at: number): Promise<Chunk | undefined> {
  const headBytes = wide ? 24 : 8;
  const head = await bytes.read(at, headBytes);
  if (head.length < headBytes) return undefined;
  const name = fourCharacters(head, 0);
  if (!wide) return { name, body: at + 8, size: view(head).getUint32(4, littleEndian) };
  return { name, body: at + headBytes, size: Math.max(0, Number(view(head).getBigUint64(16, true)) - headBytes) };
}

/** The size of the samples in files beyond 4 GB; 0 while a recorder has not filled it in. */
async function readDataSize64(bytes: Bytes, body: number): Promise<number> {
  const sizes = await bytes.read(body, 16);
  return sizes.length < 16 ? 0 : Number(view(sizes).getBigUint64(8, true));
}

/** Chunks that show where the next one begins, although the bytes around them could be a name as well. */
const usualNames: ReadonlySet<string> = new Set(["fmt ", "data", "LIST", "fact", "bext", "id3 ", "ID3 ", "JUNK", "junk", "PAD ", "cue ", "smpl", "inst", "iXML", "PEAK", "cart", "acid"]);

/** Bytes of a format chunk. */
const shortestFormat = 14;
const longestFormat = 4096;

/** A chunk of odd size is followed by a padding byte; some programs omit it. */
async function nextChunk(bytes: Bytes, { wide }: Layout, body: number, size: number): Promise<number> {
  const end = body + size;
  if (wide) return Math.ceil(end / 8) * 8;
  if (size % 2 === 0) return end;
  const beyond = await bytes.read(end, 5);
  const [unpadded, padded] = [beyond.subarray(0, 4), beyond.subarray(1)];
  if (beyond.length === 5 && usualNames.has(fourCharacters(padded, 0))) return end + 1;
  if (beyond.length === 5 && usualNames.has(fourCharacters(unpadded, 0))) return end;
  return !isName(padded) && isName(unpadded) ? end : end + 1;
}

/** End of the samples. A size that was never filled in, or is wrong, counts as the end of the file. */
async function endOfData(bytes: Bytes, layout: Layout, body: number, size: number): Promise<number> {
  const end = body + size;
  if (size === 0) return (await isChunks(bytes, layout, body)) ? body : bytes.size;
  if (end >= bytes.size) return bytes.size;
  // The recorder stopped before it filled in the size, or 32 bits were not enough.
  const left = bytes.size - end;
  return left > size * unfilledFactor && !(await isChunks(bytes, layout, await nextChunk(bytes, layout, body, size))) ? bytes.size : end;
}

/** Whether the rest of the file consists of chunks. */
async function isChunks(bytes: Bytes, layout: Layout, from: number): Promise<boolean> {
  let at = from;
  for (let chunks = 0; chunks < mostChunks; chunks += 1) {
    if (at >= bytes.size) return true;
    const chunk = await readChunk(bytes, layout, at);
    if (chunk === undefined || !isName(await bytes.read(at, 4)) || chunk.body + chunk.size > bytes.size) return false;
    at = await nextChunk(bytes, layout, chunk.body, chunk.size);
  }
  return false;
}

function readFormat(chunk: Uint8Array, littleEndian: boolean): SampleFormat {
  if (chunk.length < shortestFormat) throw new UnreadableError("has a format chunk that is too short: copy it again");
  const data = view(chunk);
  const tag = data.getUint16(0, littleEndian);
  const channels = data.getUint16(2, littleEndian);
  const sampleRate = data.getUint32(4, littleEndian);
  const blockBytes = data.getUint16(12, littleEndian);
  const bits = chunk.length >= 16 ? data.getUint16(14, littleEndian) : 0;
  // An extensible format has the number in the first bytes of its GUID; without one, and with 0, its samples are plain.
  const codec = (tag === 0xfffe ? (chunk.length >= 26 ? data.getUint16(24, littleEndian) : 1) : tag) || 1;
  const format = { tag: codec, channels, sampleRate, blockBytes, bigEndian: !littleEndian };
  const possible = sampleSizes(codec);
  if (possible === undefined || channels === 0) return { ...format, chunk };
  const bytes = sampleBytes({ channels, sampleRate, blockBytes, bytesPerSecond: data.getUint32(8, littleEndian), bits }, possible);
  if (bytes === undefined) {
    throw new UnreadableError(`declares samples of ${bits} bits in ${blockBytes} bytes for ${channels} channels (format ${codec}), which cannot be decoded; ${howToConvert}`);
  }
  return { ...format, blockBytes: bytes * channels };
}
