import { view } from "./bytes.ts";
import type { SampleFormat } from "./raw-samples.ts";

/** Fewer samples that are not zero show nothing. */
export const fewestSamples = 200;

/** Samples as they are. */
export interface ActualSamples {
  readonly format: SampleFormat;
  /** Bytes before the first whole sample. */
  readonly skip: number;
}

/** Bytes of one sample of one channel. */
export function widthOf({ channels, blockBytes }: SampleFormat): number {
  return blockBytes / channels;
}

/** Exponents of doubles are larger by this. */
const doubleOffset = 1023 - 127;

/** Calls `onExponent` with the exponent of each float that is not zero; that of a double as in a float of the same size. */
export function forEachExponent(parts: readonly Uint8Array[], { format, skip }: ActualSamples, onExponent: (exponent: number) => void): void {
  const { bigEndian = false } = format;
  const width = widthOf(format);
  const [high, shift, mask, offset] = width === 8 ? ([4, 20, 0x7ff, doubleOffset] as const) : ([0, 23, 0xff, 0] as const);
  for (const part of parts) {
    const data = view(part);
    for (let at = skip; at + width <= part.length; at += width) {
      const bits = data.getUint32(bigEndian ? at : at + high, !bigEndian);
      if (bits << 1 !== 0) onExponent(((bits >>> shift) & mask) - offset);
    }
  }
}

/** At least this share of samples is above zero, and as many below. */
const signShare = 0.02;

/** Whether samples are above and below zero. */
export function haveBothSigns(parts: readonly Uint8Array[], { format, skip }: ActualSamples): boolean {
  const read = readerOf(format);
  const width = widthOf(format);
  let [above, below] = [0, 0];
  for (const part of parts) {
    const data = view(part);
    for (let at = skip; at + width <= part.length; at += width) {
      const value = read(data, at);
      if (value > 0) above += 1;
      if (value < 0) below += 1;
    }
  }
  return Math.min(above, below) > (above + below) * signShare;
}

/** How samples go from one to the next. */
export interface Roughness {
  /**
   * Steps from sample to sample as a share of the size of the samples, of the roughest channel: noise has 1.4, music much
   * less; 0 where no channel has sound.
   */
  readonly rough: number;
  /** Whether one channel never changes while another one does. */
  readonly hasStillChannel: boolean;
}

/** A way to read one number per sample from its offset. */
type Reader = (data: DataView, at: number) => number;

export function roughness(parts: readonly Uint8Array[], samples: ActualSamples): Roughness {
  const channels = measure(parts, samples, readerOf(samples.format));
  const moving = channels.filter(({ variance }) => variance > 0);
  return { rough: Math.max(0, ...moving.map(({ rough }) => rough)), hasStillChannel: moving.length > 0 && moving.length < channels.length };
}

/** The roughness of all samples in a row, whatever their channel. */
export function roughnessInARow(parts: readonly Uint8Array[], { format, skip }: ActualSamples): number {
  return roughness(parts, { format: { ...format, channels: 1, blockBytes: widthOf(format) }, skip }).rough;
}

/** Limits for the numbers that the lower half of samples has, in loud sound all equally often: bias, size, fourth moment, steps: those of a slow tone are even, but begin anew at the end of the range. */
const evenly = { mean: 0.06, variance: [0.9, 1.1], kurtosis: [1.7, 1.9], rough: [0.6, 1.8] } as const;

/**
 * Whether the lower half of each sample has numbers as the lower half of one sample has them: any, independent of the one before,
 * or always the same one. Where each half is a sample of its own, both have the numbers of music.
 * @param options `mayBeChannels`: whether halves that are always the same could be a silent channel
 */
export function hasLowerHalves(parts: readonly Uint8Array[], samples: ActualSamples, { mayBeChannels = false }: { readonly mayBeChannels?: boolean } = {}): boolean {
  const { format } = samples;
  const width = widthOf(format);
  const lowBytes = width === 4 ? 2 : 1;
  const from = format.bigEndian === true ? width - lowBytes : 0;
  const read: Reader = lowBytes === 1 ? (data, at) => data.getInt8(at + from) : (data, at) => data.getInt16(at + from, format.bigEndian !== true);
  const range = 256 ** lowBytes;
  const lower = measure(parts, samples, read);
  if (lower.every(({ variance }) => variance === 0)) return !mayBeChannels || (format.channels === 2 && comeInPairs(parts, samples));
  return lower.every(({ mean, variance, kurtosis, rough }) => {
    if (variance === 0) return true;
    const size = variance / (range ** 2 / 12);
    return Math.abs(mean) < range * evenly.mean && isIn(evenly.variance, size) && isIn(evenly.kurtosis, kurtosis) && isIn(evenly.rough, rough);
  });
}

/** Equal steps differ less than by this factor. */
const pairFactor = 1.5;

/**
 * Whether the upper halves of two channels, the lower ones of which are all the same, come from both in turn: nearer to the
 * other one of the same time than to the next, or nearer to the one after the next than to the next. If not, they can be one channel of half the width,
 * beside a silent one.
 */
function comeInPairs(parts: readonly Uint8Array[], { format, skip }: ActualSamples): boolean {
  const width = widthOf(format);
  const half = Math.ceil(width / 2);
  const upper = skip + (format.bigEndian === true ? 0 : width - half);
  const read = readerOf({ ...format, channels: 1, blockBytes: half });
  let [within, between, double] = [0, 0, 0];
  for (const part of parts) {
    const data = view(part);
    const values: number[] = [];
    for (let at = upper; at + half <= part.length; at += width) values.push(read(data, at));
    values.forEach((value, i) => {
      const [last = value, lastButOne = value] = [values[i - 1], values[i - 2]];
      if (i % 2 === 1) within += (value - last) ** 2;
      else between += (value - last) ** 2;
      double += (value - lastButOne) ** 2;
    });
  }
  return between > within * pairFactor || within + between > double * pairFactor;
}

function isIn([low, high]: readonly [number, number], value: number): boolean {
  return value >= low && value <= high;
}

/** What is known of the numbers of one channel. */
interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly kurtosis: number;
  readonly rough: number;
}

function measure(parts: readonly Uint8Array[], { format, skip }: ActualSamples, read: Reader): readonly Moments[] {
  const { channels, blockBytes } = format;
  const width = widthOf(format);
  return Array.from({ length: channels }, (_, channel) => {
    let count = 0;
    let [steps, stepCount] = [0, 0];
    const sums = [0, 0, 0, 0];
    const [first = new Uint8Array(0)] = parts;
    const start = skip + channel * width;
    // Moments around one of the values: those of large numbers would lose their last digits.
    const origin = start + width <= first.length ? read(view(first), start) : 0;
    for (const part of parts) {
      const data = view(part);
      let before: number | undefined;
      for (let at = start; at + width <= part.length; at += blockBytes) {
        const value = read(data, at) - origin;
        count += 1;
        for (let power = 0, product = value; power < sums.length; power += 1, product *= value) sums[power] = (sums[power] ?? 0) + product;
        if (before !== undefined) {
          steps += (value - before) ** 2;
          stepCount += 1;
        }
        before = value;
      }
    }
    return count < fewestSamples / channels ? { mean: 0, variance: 0, kurtosis: 0, rough: 0 } : momentsOf(sums, { count, origin, step: steps / Math.max(1, stepCount) });
  });
}

/** @param sums of the first four powers of the numbers, `origin` taken off */
function momentsOf(sums: readonly number[], { count, origin, step }: { count: number; origin: number; step: number }): Moments {
  const [first = 0, second = 0, third = 0, fourth = 0] = sums.map((sum) => sum / count);
  const variance = Math.max(0, second - first * first);
  const around = fourth - 4 * first * third + 6 * first ** 2 * second - 3 * first ** 4;
  return { mean: first + origin, variance, kurtosis: variance === 0 ? 0 : around / variance ** 2, rough: variance === 0 ? 0 : Math.sqrt(step / variance) };
}

/** Larger floats, and those that are not numbers, are damage. */
const largestFloat = 2 ** 20;

function readerOf(format: SampleFormat): Reader {
  const { tag, bigEndian = false, signedBytes = false } = format;
  const width = widthOf(format);
  if (tag === 3) {
    return (data, at) => {
      const value = width === 8 ? data.getFloat64(at, !bigEndian) : data.getFloat32(at, !bigEndian);
      return Math.abs(value) < largestFloat ? value : 0;
    };
  }
  if (width === 1) return signedBytes ? (data, at) => data.getInt8(at) : (data, at) => data.getUint8(at);
  return (data, at) => {
    const high = bigEndian ? at : at + width - 1;
    let value = data.getInt8(high);
    for (let i = 1; i < width; i += 1) value = value * 256 + data.getUint8(bigEndian ? high + i : high - i);
    return value;
  };
}
