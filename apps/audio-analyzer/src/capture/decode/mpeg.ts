import type { Bytes } from "./bytes.ts";
import { createWindow, fourCharacters, joinArrays, view } from "./bytes.ts";
import { scanFrames } from "./frame-scan.ts";
import type { Frame } from "./frame-scan.ts";
import { adtsHeader, mpegHeader } from "./mpeg-header.ts";
import type { FrameHeader, ReadHeader } from "./mpeg-header.ts";
import { createDamage, decodeWith, howToConvert, silenceNoise, tolerateGaps, trim, UnreadableError } from "./pcm.ts";
import type { Codec, Pcm } from "./pcm.ts";
import { openRequested } from "./requested-decoder.ts";

/** Bytes passed to a decoder at once: few, so that other work does not wait. */
const pieceBytes = 2048;

/** Delay of an MP3 decoder, samples. */
const decoderDelay = 529;

/** Largest number of changes of rate or channels in a stream: each one costs a decoder. */
const mostRuns = 2000;

/** Frames of one format, as bytes, and the encoder's information about them. */
interface Run {
  readonly frames: AsyncIterable<Uint8Array>;
  readonly info: EncoderInfo | undefined;
  /** Number of frames so far. */
  readonly count: () => number;
}

/** Information in the first frame of an MP3, which then has no sound (Xing, LAME, VBRI). */
export interface EncoderInfo {
  /**
   * Samples of silence that the encoder added in front, samples of sound, and the number of frames; undefined when not
   * declared.
   */
  readonly padding?: { readonly start: number; readonly length: number; readonly frames: number } | undefined;
}

/** @throws UnreadableError when too much of it is damaged */
export async function* decodeMpeg(bytes: Bytes, from: number): AsyncGenerator<Pcm> {
  yield* decodeRuns(bytes, from, mpegHeader, async () => (await import("@audio/decode-mp3")).decoder());
}

/** AAC in ADTS frames. @throws UnreadableError when too much of it is damaged, MissingDecoderError without the decoder */
export async function* decodeAdts(bytes: Bytes, from: number): AsyncGenerator<Pcm> {
  yield* decodeRuns(bytes, from, adtsHeader, () => openRequested("@audio/decode-aac", () => import("@audio/decode-aac"), "AAC"));
}

async function* decodeRuns(bytes: Bytes, from: number, readHeader: ReadHeader, openCodec: () => Promise<Codec>): AsyncGenerator<Pcm> {
  const damage = createDamage(tolerateGaps);
  let runs = 0;
  for await (const { frames, info, count } of splitRuns(bytes, from, readHeader)) {
    runs += 1;
    if (runs > mostRuns) throw new UnreadableError(`changes its rate or channels more than ${mostRuns} times; ${howToConvert}`);
    const sound = decodeWith(openCodec, frames, damage, silenceNoise);
    const padding = info?.padding;
    if (padding === undefined) yield* sound;
    // The encoder does not count frames that were appended later.
    else yield* trim(sound, padding.start + decoderDelay, () => (count() > padding.frames ? Number.POSITIVE_INFINITY : padding.length));
  }
  damage.end();
}

/** Each run must be read to its end before the next one is requested. */
async function* splitRuns(bytes: Bytes, from: number, readHeader: ReadHeader): AsyncGenerator<Run> {
  const window = createWindow(bytes);
  const frames = scanFrames(window, readHeader, from);
  let counted = 0;
  let pending = await nextFrame();
  while (pending !== undefined) {
    const { format } = pending.header;
    const info = pending.info;
    if (info !== undefined) pending = await nextFrame();
    counted = 0;
    yield { info, frames: framesOf(format), count: () => counted };
  }

  async function nextFrame(): Promise<(Frame & { data: Uint8Array; info: EncoderInfo | undefined }) | undefined> {
    const next = await frames.next();
    if (next.done === true) return undefined;
    const { header, at } = next.value;
    const data = (await window.at(at, header.length)).slice();
    return { header, at, data, info: readHeader === mpegHeader ? encoderInfo(data, header) : undefined };
  }

  async function* framesOf(format: number): AsyncGenerator<Uint8Array> {
    let gathered: Uint8Array[] = [];
    let size = 0;
    while (pending !== undefined && pending.info === undefined && pending.header.format === format) {
      gathered.push(pending.data);
      size += pending.data.length;
      counted += 1;
      pending = await nextFrame();
      if (size < pieceBytes) continue;
      yield joinArrays(gathered);
      gathered = [];
      size = 0;
    }
    if (size > 0) yield joinArrays(gathered);
  }
}

/** Undefined for a frame with sound. */
function encoderInfo(frame: Uint8Array, { mono, full, samples }: FrameHeader): EncoderInfo | undefined {
  const sideBytes = full ? (mono ? 17 : 32) : mono ? 9 : 17;
  for (const at of [4 + sideBytes, 6 + sideBytes]) {
    const mark = fourCharacters(frame, at);
    if (mark === "Xing" || mark === "Info") return { padding: lamePadding(frame, at, samples) };
  }
  return fourCharacters(frame, 36) === "VBRI" ? {} : undefined;
}

function lamePadding(frame: Uint8Array, at: number, samples: number): EncoderInfo["padding"] {
  const data = view(frame);
  if (at + 8 > frame.length) return undefined;
  const flags = data.getUint32(at + 4);
  if ((flags & 1) === 0) return undefined;
  let next = at + 8;
  for (const [bit, bytes] of [[1, 4], [2, 4], [4, 100], [8, 4]] as const) if ((flags & bit) !== 0) next += bytes;
  if (next + 24 > frame.length || (frame[next] ?? 0) === 0) return undefined;
  const [high = 0, middle = 0, low = 0] = frame.subarray(next + 21, next + 24);
  const start = (high << 4) | (middle >> 4);
  const end = ((middle & 15) << 8) | low;
  const frames = data.getUint32(at + 8);
  const length = frames * samples - start - end;
  return length > 0 ? { start, length, frames } : undefined;
}
