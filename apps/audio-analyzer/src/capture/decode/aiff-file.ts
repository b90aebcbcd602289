import type { Bytes } from "./bytes.ts";
import { fourCharacters, isName, view } from "./bytes.ts";
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

/**
 * Reads the chunks of an AIFF or AIFF-C file.
 * @throws UnreadableError when there are no samples, or they are compressed
 */
export async function readAiffFile(bytes: Bytes): Promise<WaveFile> {
  let common: { format: SampleFormat; frames: number } | undefined;
  let data: { from: number; to: number; sized: boolean } | undefined;
  let at = 12;
  for (let chunks = 0; chunks < mostChunks && (common === undefined || data === undefined); chunks += 1) {
    const head = await bytes.read(at, 16);
    if (head.length < 8) break;
    const name = fourCharacters(head, 0);
    const size = view(head).getUint32(4);
    if (name === "COMM") common = readCommon(await bytes.read(at + 8, Math.min(size, 256)));
    if (name === "SSND" && head.length === 16) {
      const end = at + 8 + size;
      const from = at + 16 + view(head).getUint32(8);
      const sized = size > 8 && end <= bytes.size;
      data = { from: from < bytes.size ? from : at + 16, to: sized ? end : bytes.size, sized };
    }
    at = await nextChunk(bytes, at + 8 + size, size);
  }
  if (data === undefined) throw new UnreadableError("contains no samples: it is an AIFF file without an SSND chunk");
  if (common === undefined) throw new UnreadableError("does not declare its sample format: it is an AIFF file without a COMM chunk");
  const { format, frames } = common;
  // Where the size of the chunk is wrong, the number of frames can be right.
  const declared = data.from + frames * format.blockBytes;
  return { format, from: data.from, to: data.sized || frames === 0 ? data.to : Math.min(data.to, declared) };
}

/** A chunk of odd size is followed by a padding byte; some programs omit it. */
async function nextChunk(bytes: Bytes, end: number, size: number): Promise<number> {
  if (size % 2 === 0) return end;
  const beyond = await bytes.read(end, 5);
  return isName(beyond.subarray(0, 4)) && !isName(beyond.subarray(1)) ? end : end + 1;
}

function readCommon(chunk: Uint8Array): { format: SampleFormat; frames: number } {
  if (chunk.length < 18) throw new UnreadableError("has a COMM chunk that is too short: copy it again");
  const data = view(chunk);
  const channels = data.getUint16(0);
  const kind = chunk.length >= 22 ? fourCharacters(chunk, 18) : "NONE";
  const encoding = encodings[kind];
  if (encoding === undefined) throw new UnreadableError(`is an AIFF-C file with ${kind} inside, which cannot be decoded; ${howToConvert}`);
  const { bytes = Math.ceil(data.getUint16(6) / 8), ...plain } = encoding;
  return {
    format: { ...plain, channels, sampleRate: readExtended(data, 8), blockBytes: channels * bytes },
    frames: data.getUint32(2),
  };
}

/** A float of 80 bits, in which AIFF files store their rate; Hz, rounded. */
function readExtended(data: DataView, at: number): number {
  const exponent = (data.getUint16(at) & 0x7fff) - 16_383 - 63;
  return Math.round(Number(data.getBigUint64(at + 2)) * 2 ** exponent);
}
