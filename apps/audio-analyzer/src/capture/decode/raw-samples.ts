import type { Bytes } from "./bytes.ts";
import { joinArrays, pieces, view } from "./bytes.ts";
import { createDamage, decodeWith, howToConvert, tolerateNothing, UnreadableError } from "./pcm.ts";
import type { Pcm } from "./pcm.ts";

/** Format of samples in a file without compression, or with one of the simple ones of WAV files. */
export interface SampleFormat {
  /** Number of the encoding in WAV files: 1 integers, 3 floats, 6 A-law, 7 µ-law, 2 and 17 ADPCM. */
  readonly tag: number;
  readonly channels: number;
  /** Hz */
  readonly sampleRate: number;
  /** Bytes of one sample of all channels, or of one ADPCM block. */
  readonly blockBytes: number;
  readonly bigEndian?: boolean;
  /** For samples of one byte: whether they range from -128 to 127 instead of 0 to 255. */
  readonly signedBytes?: boolean;
  /** ADPCM: the format chunk of the file. */
  readonly chunk?: Uint8Array;
}

/** Bytes decoded at once. */
const pieceBytes = 65_536;

/** A larger number of channels means a broken header. */
export const mostChannels = 64;

const containerBytes: ReadonlyMap<number, readonly number[]> = new Map([
  [1, [1, 2, 3, 4]],
  [3, [4, 8]],
  [6, [1]],
  [7, [1]],
]);
const adpcmTags: readonly number[] = [2, 0x11];

/** Sizes that one sample of an encoding can have, bytes; undefined where samples are stored in blocks. */
export function sampleSizes(tag: number): readonly number[] | undefined {
  return containerBytes.get(tag);
}

/** Whether `decodeSamples` supports the compression. */
export function isKnownTag(tag: number): boolean {
  return containerBytes.has(tag) || adpcmTags.includes(tag);
}

/** @throws UnreadableError when the header is invalid */
export async function* decodeSamples(bytes: Bytes, format: SampleFormat): AsyncGenerator<Pcm> {
  const { tag, channels, blockBytes } = format;
  if (!(channels >= 1 && channels <= mostChannels)) throw new UnreadableError(`has ${channels} channels; use 1 to ${mostChannels}`);
  const container = blockBytes / channels;
  if (adpcmTags.includes(tag) ? !isAdpcmBlock(format) : !(containerBytes.get(tag) ?? []).includes(container)) {
    throw new UnreadableError(`has samples in an unknown format (${tag}, ${blockBytes} bytes for ${channels} channels); ${howToConvert}`);
  }
  const openCodec = async () => (await import("@audio/decode-wav")).decoder();
  const whole = Math.max(1, Math.floor(pieceBytes / blockBytes)) * blockBytes;
  yield* decodeWith(openCodec, wavOf(pieces(bytes, whole), format, container), createDamage(tolerateNothing));
}

function isAdpcmBlock({ tag, channels, blockBytes, chunk }: SampleFormat): boolean {
  const headBytes = tag === 2 ? 7 : 4;
  if (channels > 2 || blockBytes <= headBytes * channels || blockBytes > 65_536 || chunk === undefined || chunk.length < 20) return false;
  // As many samples as fit into the block: otherwise the decoder reads beyond it.
  const samplesPerBlock = view(chunk).getUint16(18, true);
  const most = tag === 2 ? 2 + ((blockBytes - headBytes * channels) * 2) / channels : 1 + ((blockBytes / channels - headBytes) * 2);
  const coefficients = tag === 2 && chunk.length >= 22 ? view(chunk).getUint16(20, true) : 0;
  return samplesPerBlock <= most && 22 + coefficients * 4 <= Math.max(22, chunk.length);
}

/** The decoder is made for WAV files: it gets an endless one. */
async function* wavOf(blocks: AsyncIterable<Uint8Array>, format: SampleFormat, container: number): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = wavHeader(format, container);
  for await (const block of blocks) {
    if (format.bigEndian === true) swapBytes(block, container);
    if (format.signedBytes === true && container === 1) for (let i = 0; i < block.length; i += 1) block[i] = (block[i] ?? 0) ^ 0x80;
    yield head === undefined ? block : joinArrays([head, block]);
    head = undefined;
  }
}

function wavHeader({ tag, channels, sampleRate, blockBytes, chunk }: SampleFormat, container: number): Uint8Array {
  const body = chunk ?? new Uint8Array(16);
  const head = new Uint8Array(28 + body.length);
  const data = view(head);
  const write = (at: number, text: string): void => head.set(new TextEncoder().encode(text), at);
  write(0, "RIFF");
  data.setUint32(4, 0xffffffff, true);
  write(8, "WAVEfmt ");
  data.setUint32(16, body.length, true);
  head.set(body, 20);
  data.setUint16(20, tag, true);
  data.setUint16(22, channels, true);
  data.setUint32(24, sampleRate, true);
  data.setUint16(32, blockBytes, true);
  if (chunk === undefined) data.setUint16(34, container * 8, true);
  write(20 + body.length, "data");
  data.setUint32(24 + body.length, 0xffffffff, true);
  return head;
}

function swapBytes(block: Uint8Array, width: number): void {
  for (let at = 0; at + width <= block.length; at += width) block.subarray(at, at + width).reverse();
}
