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

/** Samples as they are. */
export interface ActualSamples {
  readonly format: SampleFormat;
  /** Bytes before the first whole sample. */
  readonly skip: number;
}

/**
 * The format that samples have, which headers declare wrongly: floats as integers, bytes in the other order, signed bytes
 * as unsigned, another width, some bytes too many before them. What was decoded as declared would be noise.
 * @throws UnreadableError when they are not what is declared, and it is not clear what they are
 */
export async function actualSamples(bytes: Bytes, format: SampleFormat): Promise<ActualSamples> {
  const { tag, channels, blockBytes } = format;
  const width = blockBytes / channels;
  const declared = { format, skip: 0 };
  if ((tag !== 1 && tag !== 3) || ![1, 2, 3, 4, 8].includes(width) || channels > mostChannels) return declared;
  const unit = channels * commonWidth;
  const parts: Uint8Array[] = [];
  for (const place of places) parts.push(await bytes.read(Math.floor((bytes.size * place) / unit) * unit, Math.floor(placeBytes / unit) * unit));
  if (width >= 4 && areFloats(parts, { format, skip: 0 })) return { format: { ...format, tag: 3 }, skip: 0 };
  const floats = width < 4 ? [] : withShifts({ ...format, tag: 3 }, tag === 3 ? width : 1).filter((other) => areFloats(parts, other));
  if (floats.length > 0) return smoothest(parts, floats)?.samples ?? declared;
  if (tag === 3) {
    if (width === 4 && areIntegers(parts, format)) throw new UnreadableError(`declares floats but contains integers, so it would be noise; ${howToConvert}`);
    if (areTooLarge(parts, format)) throw new UnreadableError(`declares floats but contains something else, so it would be noise; copy it again, or ${howToConvert}`);
    return declared;
  }
  if (width === 1) return isWrapped(parts, format) ? { format: { ...format, signedBytes: format.signedBytes !== true }, skip: 0 } : declared;
  return smootherSamples(parts, format) ?? declared;
}

/** The format with both orders of bytes, begun at each of the first `shifts` bytes. */
function withShifts(format: SampleFormat, shifts: number): ActualSamples[] {
  const { bigEndian = false } = format;
  return Array.from({ length: shifts }, (_, skip) => [bigEndian, !bigEndian].map((order) => ({ format: { ...format, bigEndian: order }, skip }))).flat();
}

/** Exponents of the floats from 2^-40 up to 8; integers of 32 bits have them by chance alone. */
const usualExponents = [87, 129] as const;
const floatShare = 0.95;
/** A square wave of integers can have two exponents that occur in floats. */
const fewestExponents = 6;

function areFloats(parts: readonly Uint8Array[], samples: ActualSamples): boolean {
  let all = 0;
  let usual = 0;
  const found = new Set<number>();
  forEachExponent(parts, samples, (exponent) => {
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
function areIntegers(parts: readonly Uint8Array[], format: SampleFormat): boolean {
  let all = 0;
  let tiny = 0;
  let huge = 0;
  forEachExponent(parts, { format, skip: 0 }, (exponent) => {
    all += 1;
    if (exponent <= tinyExponent) tiny += 1;
    if (exponent >= hugeExponent) huge += 1;
  });
  return all >= fewestSamples && tiny > all / 10 && huge > all / 10 && tiny + huge > all * 0.7;
}

/** Damage makes single floats large. */
const mostLarge = 0.05;

function areTooLarge(parts: readonly Uint8Array[], format: SampleFormat): boolean {
  let [all, large] = [0, 0];
  forEachExponent(parts, { format, skip: 0 }, (exponent) => {
    all += 1;
    if (exponent >= hugeExponent) large += 1;
  });
  return all >= fewestSamples && large > all * mostLarge;
}

/** Exponents of doubles are larger by this. */
const doubleOffset = 1023 - 127;

/** Calls `onExponent` with the exponent of each float that is not zero; that of a double as in a float of the same size. */
function forEachExponent(parts: readonly Uint8Array[], { format, skip }: ActualSamples, onExponent: (exponent: number) => void): void {
  const { channels, blockBytes, bigEndian = false } = format;
  const width = blockBytes / channels;
  const [high, shift, mask, offset] = width === 8 ? ([4, 20, 0x7ff, doubleOffset] as const) : ([0, 23, 0xff, 0] as const);
  for (const part of parts) {
    const data = view(part);
    for (let at = skip; at + width <= part.length; at += width) {
      const bits = data.getUint32(bigEndian ? at : at + high, !bigEndian);
      if (bits << 1 !== 0) onExponent(((bits >>> shift) & mask) - offset);
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
function smootherSamples(parts: readonly Uint8Array[], format: SampleFormat): ActualSamples | undefined {
  const declared = roughness(parts, { format, skip: 0 });
  if (declared <= noiseRoughness) return undefined;
  const { channels, blockBytes } = format;
  // Every second sample of a high tone is a low tone, so the double width shows nothing.
  const widths = [2, 3, 4].map((width) => width * channels).filter((bytes) => bytes % blockBytes !== 0);
  const others = [...withShifts(format, blockBytes / channels), ...widths.flatMap((bytes) => withShifts({ ...format, blockBytes: bytes }, 1))];
  const best = smoothest(parts, others);
  return best !== undefined && best.rough < declared / smootherFactor ? best.samples : undefined;
}

/** Larger floats, and those that are not numbers, are damage. */
const largestFloat = 2 ** 20;

function smoothest(parts: readonly Uint8Array[], candidates: readonly ActualSamples[]): { samples: ActualSamples; rough: number } | undefined {
  const measured = candidates.map((samples) => ({ samples, rough: roughness(parts, samples) }));
  // A constant is not sound.
  return measured.filter(({ rough }) => rough > 0).toSorted((a, b) => a.rough - b.rough)[0];
}

function roughness(parts: readonly Uint8Array[], { format, skip }: ActualSamples): number {
  const { channels, blockBytes } = format;
  const width = blockBytes / channels;
  let count = 0;
  let [sum, squares, steps] = [0, 0, 0];
  for (const part of parts) {
    const data = view(part);
    const before = new Float64Array(channels);
    for (let i = 0; skip + (i + 1) * width <= part.length; i += 1) {
      const value = sampleAt(data, skip + i * width, width, format);
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
function sampleAt(data: DataView, at: number, width: number, { tag, bigEndian = false }: SampleFormat): number {
  if (tag === 3) {
    const value = width === 8 ? data.getFloat64(at, !bigEndian) : data.getFloat32(at, !bigEndian);
    return Math.abs(value) < largestFloat ? value : 0;
  }
  const high = bigEndian ? at : at + width - 1;
  let value = data.getInt8(high);
  for (let i = 1; i < width; i += 1) value = value * 256 + data.getUint8(bigEndian ? high + i : high - i);
  return value;
}
