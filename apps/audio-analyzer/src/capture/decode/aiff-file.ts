import type { Bytes } from "./bytes.ts";
import { fourCharacters, view } from "./bytes.ts";
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
  let data: { from: number; to: number } | undefined;
  let at = 12;
  for (let chunks = 0; chunks < mostChunks && (common === undefined || data === undefined); chunks += 1) {
    const head = await bytes.read(at, 16);
    if (head.length < 8) break;
    const name = fourCharacters(head, 0);
    const size = view(head).getUint32(4);
    if (name === "COMM") common = readCommon(await bytes.read(at + 8, Math.min(size, 256)));
    if (name === "SSND" && head.length === 16) {
      const end = at + 8 + size;
      data = { from: at + 16 + view(head).getUint32(8), to: size <= 8 || end > bytes.size ? bytes.size : end };
    }
    at += 8 + size + (size % 2);
  }
  if (data === undefined) throw new UnreadableError("contains no samples: it is an AIFF file without an SSND chunk");
  if (common === undefined) throw new UnreadableError("does not declare its sample format: it is an AIFF file without a COMM chunk");
  const { format, frames } = common;
  // Whether the chunk is followed by data that its size does not include.
  const declared = data.from + frames * format.blockBytes;
  return { format, from: data.from, to: frames > 0 ? Math.min(data.to, declared) : data.to };
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
