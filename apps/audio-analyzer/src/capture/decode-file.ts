import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { createMixDown, sampleRates } from "@vj/audio";
import type { MixDown } from "@vj/audio";
import { messageOf } from "@vj/schema";
import { fileProblem } from "./check-file.ts";
import { fileBytes } from "./decode/bytes.ts";
import type { Bytes } from "./decode/bytes.ts";
import { decodeBytes } from "./decode/decode-bytes.ts";
import { decodeByFfmpeg } from "./decode/ffmpeg.ts";
import { howToConvert, UnreadableError } from "./decode/pcm.ts";
import type { Pcm } from "./decode/pcm.ts";
import { createRateKeeper } from "./decode/resampler.ts";
import { MissingDecoderError } from "./decode/requested-decoder.ts";
import { isInstalled } from "../environment.ts";
import { refuseAborted, SoundError } from "../errors.ts";

/** A part of a recording, all its channels mixed to one. */
export interface MonoSound {
  /** -1..1 */
  readonly samples: Float32Array;
  /** Hz */
  readonly sampleRate: number;
}

/** A part of a recording. */
export interface MonoPart extends MonoSound {
  /** The channels cancel each other: `samples` has only the loudest one. */
  readonly cancelling: boolean;
}

/** Lower rates are a broken header, Hz. Rates from here to the lowest one that can be analysed are converted to a multiple. */
const lowestRate = 1000;

/**
 * Decodes a recording piece by piece, so that other work does not wait and memory is bounded. Its format is determined by
 * its content, not its name. All pieces have one rate, even where the recording changes it.
 * @param onRead called with the part of the file up to the place that was read last, 0–1; a format with an index jumps
 * @throws SoundError `file` with the next step when the file cannot be read or decoded; the part before a damage is returned first
 */
export async function* decodeParts(path: string, onRead: (share: number) => void = () => {}): AsyncGenerator<MonoPart> {
  const problem = await fileProblem(path);
  if (problem !== undefined) throw new SoundError("file", problem);
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new UnreadableError("is not a file any more; try again");
    const mixDown = createMixDown();
    const keeper = createRateKeeper(playedRate);
    let empty = true;
    for await (const pcm of decodeAnyhow(path, fileBytes(file, found.size, onRead))) {
      empty = false;
      const sound = keeper.push(toMono(pcm, mixDown), pcm.sampleRate);
      if (sound.samples.length > 0) yield { ...sound, cancelling: mixDown.alone >= 0 };
    }
    if (empty) throw new UnreadableError("contains no sound; choose another file");
    const rest = keeper.end();
    if (rest.samples.length > 0) yield { ...rest, cancelling: mixDown.alone >= 0 };
  } catch (error) {
    const what = error instanceof UnreadableError ? error.message : `cannot be decoded: ${messageOf(error)}; ${howToConvert}`;
    throw new SoundError("file", `${path} ${what}`, { cause: error });
  } finally {
    await file.close();
  }
}

/** By ffmpeg, where it is installed, what needs a decoder that is not. */
async function* decodeAnyhow(path: string, bytes: Bytes): AsyncGenerator<Pcm> {
  let begun = false;
  try {
    for await (const pcm of decodeBytes(bytes)) {
      begun = true;
      yield pcm;
    }
  } catch (error) {
    if (!(error instanceof MissingDecoderError) || begun || !isInstalled("ffmpeg")) throw error;
    yield* decodeByFfmpeg(resolve(path));
  }
}

function playedRate(rate: number): number {
  const { lowest, highest } = sampleRates;
  if (rate >= lowestRate && rate <= highest) return rate * Math.ceil(lowest / rate);
  throw new UnreadableError(`has a sample rate of ${rate} Hz, which is not supported; convert it to a rate from ${lowestRate} to ${highest} Hz`);
}

function toMono({ channelData, sampleRate }: Pcm, mixDown: MixDown): Float32Array {
  const [first = new Float32Array(0)] = channelData;
  const channels = channelData.length;
  const interleaved = channels === 1 ? first : new Float32Array(first.length * channels);
  for (let c = 0; c < channels && channels > 1; c += 1) {
    const channel = channelData[c] ?? first;
    for (let i = 0; i < first.length; i += 1) interleaved[i * channels + c] = channel[i] ?? 0;
  }
  const mono = new Float32Array(first.length);
  mixDown.mix(interleaved, channels, sampleRate, mono);
  return mono;
}

/**
 * The whole recording in memory: 10 MB per minute at 44.1 kHz.
 * @param options `signal` ends it before the next piece of sound
 * @throws SoundError `file` as `decodeParts`; `aborted` once the signal aborts
 */
export async function decodeFile(path: string, { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<MonoSound> {
  const what = `decoding ${path}`;
  refuseAborted(signal, what);
  const parts: Float32Array[] = [];
  let rate = 0;
  for await (const { samples, sampleRate } of decodeParts(path)) {
    refuseAborted(signal, what);
    parts.push(samples);
    rate = sampleRate;
  }
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { samples, sampleRate: rate };
}
