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

/** The width of samples that are whole in each part, bytes: the parts begin and end with samples of each possible one. */
const commonWidth = 24;

/**
 * The format that samples have, which headers declare wrongly: floats as integers, bytes in the other order, signed bytes
 * as unsigned, another width. What was decoded as declared would be noise.
 * @throws UnreadableError when they are not what is declared, and it is not clear what they are
 */
export async function actualFormat(bytes: Bytes, format: SampleFormat): Promise<SampleFormat> {
  const { tag, channels, blockBytes, bigEndian = false } = format;
  const width = blockBytes / channels;
  if ((tag !== 1 && tag !== 3) || ![1, 2, 3, 4, 8].includes(width) || channels > mostChannels) return format;
  const unit = channels * commonWidth;
  const parts: Uint8Array[] = [];
  for (const place of places) parts.push(await bytes.read(Math.floor((bytes.size * place) / unit) * unit, Math.floor(placeBytes / unit) * unit));
  const floats = width < 4 ? undefined : [bigEndian, !bigEndian].find((order) => areFloats(parts, width, order));
  if (floats !== undefined) return { ...format, tag: 3, bigEndian: floats };
  if (tag === 3) {
    if (width === 4 && areIntegers(parts, bigEndian)) throw new UnreadableError(`declares floats but contains integers, so it would be noise; ${howToConvert}`);
    return format;
  }
  if (width === 1) return isWrapped(parts, format) ? { ...format, signedBytes: format.signedBytes !== true } : format;
  return smootherFormat(parts, format) ?? format;
}

/** Exponents of the floats from 2^-40 up to 8; integers of 32 bits have them by chance alone. */
const usualExponents = [87, 129] as const;
const floatShare = 0.95;
/** A square wave of integers can have two exponents that occur in floats. */
const fewestExponents = 6;

function areFloats(parts: readonly Uint8Array[], width: number, bigEndian: boolean): boolean {
  let all = 0;
  let usual = 0;
  const found = new Set<number>();
  const onExponent = (exponent: number): void => {
    all += 1;
    if (exponent < usualExponents[0] || exponent > usualExponents[1]) return;
    usual += 1;
    found.add(exponent);
  };
  if (width === 8) forEachDouble(parts, bigEndian, onExponent);
  else forEachExponent(parts, bigEndian, onExponent);
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

/** Exponents of doubles are larger by this. */
const doubleOffset = 1023 - 127;

/** Like `forEachExponent` for floats of eight bytes; the exponents are those of the same numbers in four bytes. */
function forEachDouble(parts: readonly Uint8Array[], bigEndian: boolean, onExponent: (exponent: number) => void): void {
  for (const part of parts) {
    const data = view(part);
    for (let at = 0; at + 8 <= part.length; at += 8) {
      const bits = data.getUint32(bigEndian ? at : at + 4, !bigEndian);
      if (bits << 1 !== 0) onExponent(((bits >>> 20) & 0x7ff) - doubleOffset);
    }
  }
}

/** With fewer steps over more than half of the range, they may be clicks. */
const fewestJumps = 20;
const jumpFactor = 10;
/** A square wave at full scale has two values, some more by a bad converter; music has many, also where it is quiet. */
const fewestValues = 12;

/**
 * Whether samples of one byte are in truth signed where they are declared as unsigned, or the other way round: a wave that
 * crosses zero then steps from one end of the range to the other.
 */
function isWrapped(parts: readonly Uint8Array[], { channels, signedBytes = false }: SampleFormat): boolean {
  let [unsigned, signed] = [0, 0];
  const values = new Set<number>();
  for (const part of parts) {
    for (let i = channels; i < part.length; i += 1) {
      const [before = 0, now = 0] = [part[i - channels], part[i]];
      values.add(now);
      if (Math.abs(now - before) > 0x80) unsigned += 1;
      if (Math.abs((now ^ 0x80) - (before ^ 0x80)) > 0x80) signed += 1;
    }
  }
  const [declared, other] = signedBytes ? [signed, unsigned] : [unsigned, signed];
  return declared >= fewestJumps && declared > other * jumpFactor && values.size >= fewestValues;
}

/** Steps from sample to sample, as a share of the size of the samples: noise has 1.4, music much less. */
const noiseRoughness = 0.9;
const smootherFactor = 2.5;

/** The smoothest of the other formats of integers, where samples are noise as declared and much smoother there. */
function smootherFormat(parts: readonly Uint8Array[], format: SampleFormat): SampleFormat | undefined {
  const declared = roughness(parts, format);
  if (declared <= noiseRoughness) return undefined;
  const { channels, blockBytes, bigEndian = false } = format;
  // Every second sample of a high tone is a low tone, so the double width shows nothing.
  const widths = [2, 3, 4].map((width) => width * channels).filter((bytes) => bytes === blockBytes || bytes % blockBytes !== 0);
  const others = widths.flatMap((bytes) => [bigEndian, !bigEndian].map((order) => ({ ...format, blockBytes: bytes, bigEndian: order })));
  const [best] = others.map((other) => ({ other, rough: roughness(parts, other) })).filter(({ rough }) => rough > 0).toSorted((a, b) => a.rough - b.rough);
  return best !== undefined && best.rough < declared / smootherFactor ? best.other : undefined;
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
