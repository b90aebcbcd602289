import type { Bytes } from "./bytes.ts";
import { view } from "./bytes.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";
import { unfilledFactor } from "./wave-file.ts";
import type { WaveFile } from "./wave-file.ts";

/** Encodings by number: the tag of a WAV file for the same encoding, and the bytes of a sample. */
const encodings: readonly (readonly [tag: number, bytes: number] | undefined)[] = [undefined, [7, 1], [1, 1], [1, 2], [1, 3], [1, 4], [3, 4], [3, 8]];
const alaw = 27;

const headBytes = 24;

/** Reads the header of a Sun AU file. @throws UnreadableError when its samples are compressed */
export async function readAuFile(bytes: Bytes): Promise<WaveFile> {
  const head = await bytes.read(0, headBytes);
  if (head.length < headBytes) throw new UnreadableError("is cut off in its header: copy it again");
  const numbers = view(head);
  const kind = numbers.getUint32(12);
  const [tag, sampleBytes] = (kind === alaw ? [6, 1] : encodings[kind]) ?? [];
  if (tag === undefined || sampleBytes === undefined) throw new UnreadableError(`is an AU file with encoding ${kind}, which cannot be decoded; ${howToConvert}`);
  const channels = numbers.getUint32(20);
  const format = { tag, channels, sampleRate: numbers.getUint32(16), blockBytes: channels * sampleBytes, bigEndian: true, signedBytes: tag === 1 };
  const from = Math.max(headBytes, numbers.getUint32(4));
  const size = numbers.getUint32(8);
  // Recorders that stopped early leave either of the two, or what they had at first.
  const open = size === 0xffffffff || size === 0 || bytes.size - from - size > size * unfilledFactor;
  return { format, from, to: open ? bytes.size : Math.min(bytes.size, from + size) };
}
