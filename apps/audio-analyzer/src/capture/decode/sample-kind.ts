import type { Bytes } from "./bytes.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";
import { mostChannels } from "./raw-samples.ts";
import type { SampleFormat } from "./raw-samples.ts";
import { fewestSamples, forEachExponent, hasLowerHalves, haveBothSigns, roughness, roughnessInARow, widthOf } from "./sample-statistics.ts";
import type { ActualSamples } from "./sample-statistics.ts";

/** Places that are looked at, as parts of the file, and the bytes of each. */
const places = [0.05, 0.3, 0.55, 0.8] as const;
const placeBytes = 16_384;

/** The width of samples that are whole in each part, bytes: the parts begin and end with samples of each possible one. */
const commonWidth = 24;

/**
 * The format that samples have, which headers declare wrongly: floats as integers, bytes in the other order, signed bytes
 * as unsigned, another width, some bytes too many before them. What was decoded as declared would be noise, or too fast.
 * @throws UnreadableError when they are not what is declared, and it is not clear what they are
 */
export async function actualSamples(bytes: Bytes, format: SampleFormat): Promise<ActualSamples> {
  const { tag, channels } = format;
  const width = widthOf(format);
  const declared = { format, skip: 0 };
  if ((tag !== 1 && tag !== 3) || ![1, 2, 3, 4, 8].includes(width) || channels > mostChannels) return declared;
  const unit = channels * commonWidth;
  const parts: Uint8Array[] = [];
  for (const place of places) parts.push(await bytes.read(Math.floor((bytes.size * place) / unit) * unit, Math.floor(placeBytes / unit) * unit));
  if (tag === 3 && areFloats(parts, declared)) return declared;
  const floats = likelyFloats(parts, format);
  if (floats !== undefined) return floats;
  if (tag === 3 && areFloats(parts, declared, 1)) return declared;
  if (tag === 1) return otherIntegers(parts, format) ?? declared;
  if (width === 4 && areIntegers(parts, format)) throw new UnreadableError(`declares floats but contains integers, so it would be noise; ${howToConvert}`);
  if (areNoSound(parts, format)) throw new UnreadableError(`declares floats but contains something else, so it would be noise or silence; copy it again, or ${howToConvert}`);
  return declared;
}

/** The format with both orders of bytes, begun at each of the first `shifts` bytes. */
function withShifts(format: SampleFormat, shifts: number): ActualSamples[] {
  const { bigEndian = false } = format;
  return Array.from({ length: shifts }, (_, skip) => [bigEndian, !bigEndian].map((order) => ({ format: { ...format, bigEndian: order }, skip }))).flat();
}

/**
 * Floats, where samples are declared as others. Integers seldom look like floats, so where a sample has less bytes they must
 * be noise, too; where the declared samples can be sound, floats must be a better reading of them.
 */
function likelyFloats(parts: readonly Uint8Array[], format: SampleFormat): ActualSamples | undefined {
  const { tag, channels } = format;
  const width = widthOf(format);
  const declared = { format, skip: 0 };
  const { rough } = roughness(parts, declared);
  if (width < 4 && rough <= noiseRoughness) return undefined;
  const candidates = [4, 8].flatMap((bytes) => withShifts({ ...format, tag: 3, blockBytes: channels * bytes }, tag === 3 && bytes === width ? width : 1));
  const found = smoothest(parts, candidates.filter((other) => areFloats(parts, other)));
  const isPossible = tag === 3 ? areFloats(parts, declared, 1) : width === 4;
  return found === undefined || (isPossible && !isBetter(parts, format, rough, found)) ? undefined : found.samples;
}

/** Integers that have the bytes of floats seldom come near zero: read as such they step over it, and are rougher than the floats are, but for noise. */
const integersFactor = 0.9;
/** Where one of two readings is noise, the other need not be as smooth to be sound. */
const noiseFactor = 1.2;

/**
 * Whether floats are a better reading than the declared one. Samples that stay far from zero can be both: floats of another width,
 * or floats and integers. Of two readings of one sound, the wrong one is an exponential of the right one, and rougher, or a logarithm of it,
 * which steps from sign to sign.
 * @param rough of what is declared
 */
function isBetter(parts: readonly Uint8Array[], { tag }: SampleFormat, rough: number, floats: { samples: ActualSamples; rough: number }): boolean {
  const factor = tag === 1 && haveBothSigns(parts, floats.samples) ? integersFactor : rough > noiseRoughness ? noiseFactor : smootherFactor;
  return floats.rough * factor < rough;
}

/** Exponents of the floats from 2^-40 up to 8; integers of 32 bits have them by chance alone. */
const usualExponents = [87, 129] as const;
const floatShare = 0.95;
/** A square wave of integers can have two exponents that occur in floats. */
const fewestExponents = 6;

/** @param fewest exponents that differ */
function areFloats(parts: readonly Uint8Array[], samples: ActualSamples, fewest = fewestExponents): boolean {
  let all = 0;
  let usual = 0;
  const found = new Set<number>();
  forEachExponent(parts, samples, (exponent) => {
    all += 1;
    if (exponent < usualExponents[0] || exponent > usualExponents[1]) return;
    usual += 1;
    found.add(exponent);
  });
  return all >= fewestSamples && usual >= all * floatShare && found.size >= fewest;
}

/** Floats of this exponent and below are smaller than any sound; above the second one they are larger, or not numbers. */
const tinyExponent = 67;
const hugeExponent = 155;

/** Small integers above zero look like tiny floats, and small ones below zero like huge ones; no sound has both. */
function areIntegers(parts: readonly Uint8Array[], format: SampleFormat): boolean {
  const { all, tiny, huge } = sizesOf(parts, format);
  return all >= fewestSamples && tiny > all / 10 && huge > all / 10 && tiny + huge > all * 0.7;
}

/** Damage makes single floats large. */
const mostLarge = 0.05;

/** Whether floats are too large for sound, or nearly all too small for it. */
function areNoSound(parts: readonly Uint8Array[], format: SampleFormat): boolean {
  const { all, tiny, huge } = sizesOf(parts, format);
  return all >= fewestSamples && (huge > all * mostLarge || tiny > all * floatShare);
}

function sizesOf(parts: readonly Uint8Array[], format: SampleFormat): { all: number; tiny: number; huge: number } {
  let [all, tiny, huge] = [0, 0, 0];
  forEachExponent(parts, { format, skip: 0 }, (exponent) => {
    all += 1;
    if (exponent <= tinyExponent) tiny += 1;
    if (exponent >= hugeExponent) huge += 1;
  });
  return { all, tiny, huge };
}

/** Rougher samples are noise, or not what they are declared as. */
const noiseRoughness = 0.9;
const smootherFactor = 2.5;

/** Other integers than the declared ones, where those are noise or of another width; undefined where they are what is declared. */
function otherIntegers(parts: readonly Uint8Array[], format: SampleFormat): ActualSamples | undefined {
  const declared = { format, skip: 0 };
  const width = widthOf(format);
  if (width === 1) return widerBytes(parts, format) ?? otherBytes(parts, format);
  const { rough, hasStillChannel } = roughness(parts, declared);
  const padded = hasStillChannel && width === 2 ? smoothest(parts, withLowerHalves(parts, declared, withShifts({ ...format, blockBytes: format.blockBytes * 2 }, 1)), noiseRoughness) : undefined;
  if (padded !== undefined) return padded.samples;
  if (rough === 0 || (rough <= noiseRoughness && hasLowerHalves(parts, declared))) return undefined;
  const found = [narrower(parts, format, rough), rough > noiseRoughness ? smoother(parts, format, rough) : undefined];
  return smoothest(parts, found.filter((other) => other !== undefined))?.samples;
}

/** Samples of one byte that are declared as the other kind of bytes. */
function otherBytes(parts: readonly Uint8Array[], format: SampleFormat): ActualSamples | undefined {
  return isWrapped(parts, format) ? { format: { ...format, signedBytes: format.signedBytes !== true }, skip: 0 } : undefined;
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

/** Bytes that are parts of wider samples are rougher. */
const smoothBytes = 0.5;

/** Samples of more bytes that are declared as samples of one. */
function widerBytes(parts: readonly Uint8Array[], format: SampleFormat): ActualSamples | undefined {
  const { channels } = format;
  const { rough, hasStillChannel } = roughness(parts, { format, skip: 0 });
  if (rough <= smoothBytes && !hasStillChannel) return undefined;
  const others = [2, 3, 4].flatMap((bytes) => withShifts({ ...format, blockBytes: bytes * channels }, 1));
  return smoothest(parts, withLowerHalves(parts, { format, skip: 0 }, others), noiseRoughness)?.samples;
}

/** Those of the other formats whose samples have the lower halves that samples have. */
function withLowerHalves(parts: readonly Uint8Array[], declared: ActualSamples, others: readonly ActualSamples[]): ActualSamples[] {
  const { hasStillChannel } = roughness(parts, declared);
  return others.filter((other) => {
    const width = widthOf(other.format);
    const loud = parts.filter((part) => hasManyValues(part, width, [other.format.bigEndian === true ? 0 : width - 1]));
    return loud.length > 0 && hasLowerHalves(loud, other, { mayBeChannels: hasStillChannel }) && !roughness(loud, other).hasStillChannel;
  });
}

/** Numbers that are independent of each other have 1.4; equal channels halve the steps of each of them. */
const independent = 1.2;

/** Bytes can be this much rougher than every second one of them. The bytes of samples with few values are not independent, but differ more. */
const decimatedFactor = 1.5;

/**
 * Samples of which each declared one has two or more. Parts of one sample are independent of each other, and then much
 * rougher than noise is; where they are smooth, they are samples.
 * @param declared roughness of what is declared
 */
function narrower(parts: readonly Uint8Array[], format: SampleFormat, declared: number): ActualSamples | undefined {
  const { channels } = format;
  const width = widthOf(format);
  const loud = parts.filter((part) => hasManyValues(part, width));
  const isLikely = (other: ActualSamples): boolean => !roughness(loud, other).hasStillChannel && roughnessInARow(loud, other) < independent;
  const bytes = [false, true].map((signedBytes) => ({ format: { ...format, blockBytes: channels, signedBytes }, skip: 0 }));
  const byte = smoothest(loud, bytes.filter(isLikely), Math.min(noiseRoughness, declared * decimatedFactor));
  const words = width === 4 ? withShifts({ ...format, blockBytes: 2 * channels }, 1) : [];
  return (byte ?? smoothest(loud, words.filter(isLikely), noiseRoughness))?.samples;
}

/** Whether each of these bytes of samples has many values: the upper ones of quiet samples have few, and the lower ones follow their sign. */
function hasManyValues(part: Uint8Array, width: number, bytes = Array.from({ length: width }, (_, i) => i)): boolean {
  const values = Array.from({ length: width }, () => new Set<number>());
  part.forEach((byte, i) => values[i % width]?.add(byte));
  return bytes.every((i) => (values[i]?.size ?? 0) >= fewestValues);
}

/** The smoothest of the other formats, where samples are noise as declared. @param declared roughness of what is declared */
function smoother(parts: readonly Uint8Array[], format: SampleFormat, declared: number): ActualSamples | undefined {
  const { channels, blockBytes } = format;
  const widths = [2, 3, 4].map((width) => width * channels).filter((bytes) => bytes !== blockBytes);
  const others = [...withShifts(format, blockBytes / channels), ...widths.flatMap((bytes) => withShifts({ ...format, blockBytes: bytes }, 1))];
  // Every second sample of a high tone is a low tone, so the double width shows nothing by itself.
  const isLikely = (other: ActualSamples): boolean => other.format.blockBytes % blockBytes !== 0 || other.format.blockBytes === blockBytes;
  const whole = smoothest(parts, withLowerHalves(parts, { format, skip: 0 }, others), Math.min(noiseRoughness, declared));
  return (whole ?? smoothest(parts, others.filter(isLikely), declared / smootherFactor))?.samples;
}

/** @param limit undefined where all of them are rougher */
function smoothest(parts: readonly Uint8Array[], candidates: readonly ActualSamples[], limit = Number.POSITIVE_INFINITY): { samples: ActualSamples; rough: number } | undefined {
  const measured = candidates.map((samples) => ({ samples, rough: roughness(parts, samples).rough }));
  // A constant is not sound.
  return measured.filter(({ rough }) => rough > 0 && rough < limit).toSorted((a, b) => a.rough - b.rough)[0];
}
