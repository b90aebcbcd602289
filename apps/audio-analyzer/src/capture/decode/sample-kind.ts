import type { Bytes } from "./bytes.ts";
import { view } from "./bytes.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";
import { mostChannels } from "./raw-samples.ts";
import type { SampleFormat } from "./raw-samples.ts";

/** Places that are looked at, as parts of the file, and the bytes of each. */
const places = [0.05, 0.3, 0.55, 0.8] as const;
const placeBytes = 16_384;
/** Fewer samples that are not zero show nothing. */
const fewestSamples = 200;

/**
 * The format that samples have, which headers declare wrongly: floats as integers, bytes in the other order, signed bytes
 * as unsigned. What was decoded as declared would be noise.
 * @throws UnreadableError when they are not what is declared, and it is not clear what they are
 */
export async function actualFormat(bytes: Bytes, format: SampleFormat): Promise<SampleFormat> {
  const { tag, channels, blockBytes, bigEndian = false } = format;
  const width = blockBytes / channels;
  if ((tag !== 1 && tag !== 3) || ![1, 2, 3, 4].includes(width) || channels > mostChannels) return format;
  const parts: Uint8Array[] = [];
  for (const place of places) parts.push(await bytes.read(Math.floor((bytes.size * place) / blockBytes) * blockBytes, Math.floor(placeBytes / blockBytes) * blockBytes));
  if (tag === 3) {
    if (width === 4 && areIntegers(parts, bigEndian)) throw new UnreadableError(`declares floats but contains integers, so it would be noise; ${howToConvert}`);
    return format;
  }
  if (width === 4 && areFloats(parts, bigEndian)) return { ...format, tag: 3 };
  const other = width === 1 ? { ...format, signedBytes: format.signedBytes !== true } : { ...format, bigEndian: !bigEndian };
  return isNoiseBeside(parts, format, other) ? other : format;
}

/** Exponents of the floats from 2^-40 up to 8; integers of 32 bits have them by chance alone. */
const usualExponents = [87, 129] as const;
const floatShare = 0.95;
/** A square wave of integers can have two exponents that occur in floats. */
const fewestExponents = 6;

function areFloats(parts: readonly Uint8Array[], bigEndian: boolean): boolean {
  let all = 0;
  let usual = 0;
  const found = new Set<number>();
  forEachExponent(parts, bigEndian, (exponent) => {
    all += 1;
    if (exponent < usualExponents[0] || exponent > usualExponents[1]) return;
    usual += 1;
    found.add(exponent);
  });
  return all >= fewestSamples && usual >= all * floatShare && found.size >= fewestExponents;
}

/** Floats of this exponent and below are smaller than any sound; above the second one they are larger, or not numbers. */
const tinyExponent = 67;
const hugeExponent = 155;

/** Small integers above zero look like tiny floats, and small ones below zero like huge ones; no sound has both. */
function areIntegers(parts: readonly Uint8Array[], bigEndian: boolean): boolean {
  let all = 0;
  let tiny = 0;
  let huge = 0;
  forEachExponent(parts, bigEndian, (exponent) => {
    all += 1;
    if (exponent <= tinyExponent) tiny += 1;
    if (exponent >= hugeExponent) huge += 1;
  });
  return all >= fewestSamples && tiny > all / 10 && huge > all / 10 && tiny + huge > all * 0.7;
}

/** Calls `onExponent` with the eight bits of the exponent of each float that is not zero. */
function forEachExponent(parts: readonly Uint8Array[], bigEndian: boolean, onExponent: (exponent: number) => void): void {
  for (const part of parts) {
    const data = view(part);
    for (let at = 0; at + 4 <= part.length; at += 4) {
      const bits = data.getUint32(at, !bigEndian);
      if (bits << 1 !== 0) onExponent((bits >>> 23) & 0xff);
    }
  }
}

/** Steps from sample to sample, as a share of the size of the samples: noise has 1.4, music much less. */
const noiseRoughness = 0.9;
const smootherFactor = 2.5;

/** Whether samples are noise in one format, and much smoother in the other one. */
function isNoiseBeside(parts: readonly Uint8Array[], format: SampleFormat, other: SampleFormat): boolean {
  const declared = roughness(parts, format);
  return declared > noiseRoughness && roughness(parts, other) < declared / smootherFactor;
}

function roughness(parts: readonly Uint8Array[], format: SampleFormat): number {
  const { channels, blockBytes } = format;
  const width = blockBytes / channels;
  let count = 0;
  let [sum, squares, steps] = [0, 0, 0];
  for (const part of parts) {
    const before = new Float64Array(channels);
    for (let i = 0; (i + 1) * width <= part.length; i += 1) {
      const value = integer(part.subarray(i * width, (i + 1) * width), format);
      if (i >= channels) {
        count += 1;
        sum += value;
        squares += value * value;
        steps += (value - (before[i % channels] ?? 0)) ** 2;
      }
      before[i % channels] = value;
    }
  }
  const variance = squares / count - (sum / count) ** 2;
  return count >= fewestSamples && variance > 0 ? Math.sqrt(steps / count / variance) : 0;
}

/** One sample of one channel. */
function integer(sample: Uint8Array, { bigEndian = false, signedBytes = false }: SampleFormat): number {
  const width = sample.length;
  let value = 0;
  for (let i = 0; i < width; i += 1) value = value * 256 + (sample[bigEndian ? i : width - 1 - i] ?? 0);
  const range = 256 ** width;
  return (signedBytes || width > 1) && value >= range / 2 ? value - range : value;
}
