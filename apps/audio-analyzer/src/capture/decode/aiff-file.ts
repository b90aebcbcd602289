import type { Bytes } from "./bytes.ts";
import { byteText, fourCharacters, isName, view } from "./bytes.ts";
import { findChunk } from "./find-chunk.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";
import type { SampleFormat } from "./raw-samples.ts";
import type { WaveFile } from "./wave-file.ts";

/** `bytes`: size of a sample where the type sets it; the declared bits are then often those of another one. */
interface Encoding extends Pick<SampleFormat, "tag" | "bigEndian" | "signedBytes"> {
  readonly bytes?: number;
}

const bigEndian: Encoding = { tag: 1, bigEndian: true, signedBytes: true };
const float: Encoding = { tag: 3, bigEndian: true, bytes: 4 };
const double: Encoding = { ...float, bytes: 8 };

/** The AIFF-C compression types with plain samples. */
const encodings: Readonly<Record<string, Encoding>> = {
  NONE: bigEndian,
  twos: bigEndian,
  in24: { ...bigEndian, bytes: 3 },
  in32: { ...bigEndian, bytes: 4 },
  sowt: { tag: 1, signedBytes: true },
  "23ni": { tag: 1, bytes: 3 },
  "42ni": { tag: 1, bytes: 4 },
  "raw ": { tag: 1 },
  fl32: float,
  FL32: float,
  fl64: double,
  FL64: double,
  alaw: { tag: 6, bytes: 1 },
  ALAW: { tag: 6, bytes: 1 },
  ulaw: { tag: 7, bytes: 1 },
  ULAW: { tag: 7, bytes: 1 },
};

const mostChunks = 10_000;

/** Bytes of the format in an AIFF file, and of that of an AIFF-C file with its compression type. */
const commonBytes = 18;
const longCommonBytes = 22;

/** Place of the samples. `sized`: the declared size is possible. */
interface Sound {
  readonly from: number;
  readonly to: number;
  readonly sized: boolean;
}

/**
 * Reads the chunks of an AIFF or AIFF-C file.
 * @throws UnreadableError when there are no samples, or they are compressed
 */
export async function readAiffFile(bytes: Bytes): Promise<WaveFile> {
  // Only AIFF-C has a compression type.
  const isCompressed = fourCharacters(await bytes.read(8, 4), 0) === "AIFC";
  const readFormat = async (body: number): Promise<Common> => readCommon(await bytes.read(body, isCompressed ? longCommonBytes : commonBytes));
  let common: Common | undefined;
  let data: Sound | undefined;
  let at = 12;
  for (let chunks = 0; chunks < mostChunks && (common === undefined || data === undefined); chunks += 1) {
    const head = await bytes.read(at, 8);
    if (head.length < 8) break;
    const name = fourCharacters(head, 0);
    const size = view(head).getUint32(4);
    if (name === "COMM") common = await readFormat(at + 8);
    if (name === "SSND") data = await readSound(bytes, at + 8, size);
    at = await nextChunk(bytes, at + 8 + size, size);
  }
  // The size of a chunk before them may be wrong.
  const found = data === undefined ? await findChunk(bytes, "SSND", false, ({ body }) => body + 8 < bytes.size) : undefined;
  const sound = found === undefined ? data : await readSound(bytes, found.body, found.size);
  if (sound === undefined) throw new UnreadableError("contains no samples: it is an AIFF file without an SSND chunk; record or copy it again");
  const declaring = common === undefined ? await findChunk(bytes, "COMM", false, ({ body }) => body + commonBytes <= bytes.size) : undefined;
  const { format, frames } = common ?? (declaring === undefined ? undefined : await readFormat(declaring.body)) ?? missingFormat();
  return { format, from: sound.from, to: await endOfSound(bytes, sound, frames * format.blockBytes) };
}

function missingFormat(): never {
  throw new UnreadableError("does not declare its sample format: it is an AIFF file without a COMM chunk; record or copy it again");
}

/** @param body offset of the content of the chunk @param size its declared size */
async function readSound(bytes: Bytes, body: number, size: number): Promise<Sound | undefined> {
  const head = await bytes.read(body, 8);
  if (head.length < 8) return undefined;
  const from = body + 8 + view(head).getUint32(0);
  const end = body + size;
  const sized = size > 8 && end <= bytes.size;
  return { from: from < bytes.size ? from : body + 8, to: sized ? end : bytes.size, sized };
}

/** @param declared bytes of all frames; where the size of the chunk is wrong, it can be right */
async function endOfSound(bytes: Bytes, { from, to, sized }: Sound, declared: number): Promise<number> {
  if (declared === 0) return to;
  const end = from + declared;
  if (!sized) return Math.min(to, end);
  const hasMore = end > to && end <= bytes.size && !isName(await bytes.read(to, 4)) && !isName(await bytes.read(to + 1, 4));
  return hasMore ? end : to;
}

/** A chunk of odd size is followed by a padding byte; some programs omit it. */
async function nextChunk(bytes: Bytes, end: number, size: number): Promise<number> {
  if (size % 2 === 0) return end;
  const beyond = await bytes.read(end, 5);
  return isName(beyond.subarray(0, 4)) && !isName(beyond.subarray(1)) ? end : end + 1;
}

/** What a COMM chunk declares. */
interface Common {
  readonly format: SampleFormat;
  /** Samples of each channel. */
  readonly frames: number;
}

function readCommon(chunk: Uint8Array): Common {
  if (chunk.length < commonBytes) throw new UnreadableError("has a COMM chunk that is too short: copy it again");
  const data = view(chunk);
  const channels = data.getUint16(0);
  const kind = chunk.length >= longCommonBytes ? fourCharacters(chunk, commonBytes) : "NONE";
  const encoding = encodings[kind];
  if (encoding === undefined) throw new UnreadableError(`is an AIFF-C file with ${shownName(chunk)} inside, which cannot be decoded; ${howToConvert}`);
  const { bytes = Math.ceil(data.getUint16(6) / 8), ...plain } = encoding;
  return {
    format: { ...plain, channels, sampleRate: readExtended(data, 8), blockBytes: channels * bytes },
    frames: data.getUint32(2),
  };
}

/** The compression type; its bytes where they are not text, because a terminal would take them as commands. */
function shownName(chunk: Uint8Array): string {
  const name = chunk.subarray(commonBytes, longCommonBytes);
  return isName(name) ? byteText(name) : `0x${Buffer.from(name).toString("hex")}`;
}

/** A float of 80 bits, in which AIFF files store their rate; Hz, rounded. */
function readExtended(data: DataView, at: number): number {
  const exponent = (data.getUint16(at) & 0x7fff) - 16_383 - 63;
  return Math.round(Number(data.getBigUint64(at + 2)) * 2 ** exponent);
}
