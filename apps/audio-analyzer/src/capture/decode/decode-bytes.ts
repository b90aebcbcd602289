import { readAiffFile } from "./aiff-file.ts";
import { readAuFile } from "./au-file.ts";
import type { Bytes } from "./bytes.ts";
import { sliceBytes } from "./bytes.ts";
import { decodeFlac } from "./flac.ts";
import { identify } from "./identify.ts";
import type { Identity } from "./identify.ts";
import { decodeMp4 } from "./mp4.ts";
import { decodeAdts, decodeMpeg } from "./mpeg.ts";
import { decodeOgg } from "./ogg.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";
import type { Pcm } from "./pcm.ts";
import { decodeSamples, isKnownTag } from "./raw-samples.ts";
import { actualSamples } from "./sample-kind.ts";
import { beforeTags } from "./tags.ts";
import { readWaveFile } from "./wave-file.ts";
import type { WaveFile } from "./wave-file.ts";

/**
 * The sound of a file, piece by piece; rate and channels may differ from piece to piece.
 * @throws UnreadableError when the file cannot be decoded; its message completes "<path> ..."
 */
export async function* decodeBytes(bytes: Bytes): AsyncGenerator<Pcm> {
  const identity = await identify(bytes);
  if (typeof identity === "string") throw new UnreadableError(`is ${identity}`);
  yield* decodeAs(bytes, identity);
}

async function* decodeAs(bytes: Bytes, { format, at }: Identity): AsyncGenerator<Pcm> {
  const file = sliceBytes(bytes, at, bytes.size);
  switch (format) {
    case "wav":
      for (const part of await readWaveFile(file)) yield* decodeWave(file, part);
      return;
    case "aiff":
      return yield* decodeWave(file, await readAiffFile(file));
    case "au":
      return yield* decodeWave(file, await readAuFile(file));
    case "ogg":
      return yield* decodeOgg(file, 0);
    case "m4a":
      return yield* decodeMp4(file, 0);
    case "flac":
      return yield* decodeFlac(await withoutTags(file), 0);
    case "mp3":
      return yield* decodeMpeg(await withoutTags(file), 0);
    case "aac":
      return yield* decodeAdts(await withoutTags(file), 0);
  }
}

async function withoutTags(bytes: Bytes): Promise<Bytes> {
  return sliceBytes(bytes, 0, await beforeTags(bytes, 0));
}

/** Samples, or another format inside a WAV file, for example MP3. */
async function* decodeWave(bytes: Bytes, { format, from, to }: WaveFile): AsyncGenerator<Pcm> {
  const data = sliceBytes(bytes, from, to);
  if (isKnownTag(format.tag)) {
    const { format: actual, skip } = await actualSamples(data, format);
    return yield* decodeSamples(sliceBytes(data, skip, data.size), actual);
  }
  const inside = await identify(data);
  if (typeof inside === "string" || !["mp3", "aac", "ogg", "flac"].includes(inside.format)) {
    throw new UnreadableError(`is a WAV file with codec 0x${format.tag.toString(16)} inside, which cannot be decoded; ${howToConvert}`);
  }
  yield* decodeAs(data, inside);
}
