import type { Bytes } from "./bytes.ts";
import { joinBytes, memoryBytes, pieces, sliceBytes } from "./bytes.ts";
import { readBoxes } from "./mp4-boxes.ts";
import type { Box } from "./mp4-boxes.ts";
import { checkFragment, checkIndex, damagedIndex, mostSamples } from "./mp4-index.ts";
import { splitIndex } from "./mp4-hybrid.ts";
import { createDamage, decodeWith, silenceNoise, tolerateGaps, UnreadableError } from "./pcm.ts";
import type { Pcm } from "./pcm.ts";
import { openRequested } from "./requested-decoder.ts";

/** Bytes passed to the decoder at once. */
const pieceBytes = 16_384;

/** A longer index, or header before it, means a broken size, bytes. */
const longestIndex = 64 * 2 ** 20;
const longestHead = 65_536;
/** The same of a fragment, which the decoder gathers piece by piece. */
const longestFragment = 16 * 2 ** 20;

/** M4A, MP4 and MOV: AAC, Apple Lossless and other codecs of the decoder. @throws UnreadableError when it cannot be decoded, MissingDecoderError without the decoder */
export async function* decodeMp4(bytes: Bytes, from: number): AsyncGenerator<Pcm> {
  const { heads, rest } = await indexFirst(sliceBytes(bytes, from, bytes.size));
  const openCodec = () => openRequested("@audio/decode-mp4", () => import("@audio/decode-mp4"), "M4A or MP4");
  const damage = createDamage(tolerateGaps);
  for (const head of heads) yield* decodeWith(openCodec, headFirst(head, rest), damage, silenceNoise);
  damage.end();
}

/** The decoder reads its index anew with each piece until it is complete, so it gets all of it at once. */
async function* headFirst(head: Bytes, rest: Bytes): AsyncGenerator<Uint8Array> {
  yield await head.read(0, head.size);
  yield* pieces(rest, pieceBytes);
}

/**
 * The same file with its index ("moov") at its beginning: a decoder that reads forward would have to keep all that is
 * before it. Two heads where the sound begins in the index and goes on in fragments: the decoder reads either.
 */
async function indexFirst(bytes: Bytes): Promise<{ heads: readonly Bytes[]; rest: Bytes }> {
  const boxes: Box[] = [];
  for await (const box of readBoxes(bytes)) boxes.push(box);
  const index = boxes.find(({ name }) => name === "moov");
  if (index === undefined || index.at + index.size > bytes.size) {
    throw new UnreadableError("has no index (moov), so the place of its sound is unknown: it is cut off or was never finished; copy or record it again");
  }
  if (index.size > longestIndex) throw new UnreadableError("has an index (moov) that is too long: copy it again from where it came from");
  const [first] = boxes;
  const start = first?.name === "ftyp" && first.size <= longestHead ? first.size : 0;
  const moov = (await bytes.read(index.at, index.size)).slice();
  checkIndex(moov, bytes.size, { before: index.at, by: index.size });
  const fragmented = (await checkFragments(bytes, boxes)) > 0;
  return {
    heads: (fragmented ? splitIndex(moov) : [moov]).map((part) => joinBytes([sliceBytes(bytes, 0, start), memoryBytes(part)])),
    rest: joinBytes([sliceBytes(bytes, start, index.at), sliceBytes(bytes, index.at + index.size, bytes.size)]),
  };
}

/** @returns the number of samples in fragments */
async function checkFragments(bytes: Bytes, boxes: readonly Box[]): Promise<number> {
  let samples = 0;
  for (const { name, at, size } of boxes) {
    if (name !== "moof") continue;
    if (size > longestFragment) throw damagedIndex();
    // The last one may be cut off, and is then not decoded.
    if (at + size > bytes.size) continue;
    samples += checkFragment(await bytes.read(at, size));
    if (samples > mostSamples) throw damagedIndex();
  }
  return samples;
}
