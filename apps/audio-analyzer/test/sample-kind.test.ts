import { describe, expect, it } from "vitest";
import { memoryBytes } from "../src/capture/decode/bytes.ts";
import type { SampleFormat } from "../src/capture/decode/raw-samples.ts";
import { actualSamples } from "../src/capture/decode/sample-kind.ts";
import { pcm } from "./helpers/file-bytes.ts";
import { music } from "./helpers/music.ts";

const rate = 44_100;
const mono = music(rate, 3);
/** Both channels have the music, the second one with a tone of its own. */
const stereo = Float32Array.from({ length: mono.length * 2 }, (_, i) => (i % 2 === 0 ? (mono[i >> 1] ?? 0) : 0.6 * (mono[i >> 1] ?? 0) + 0.1 * Math.sin(i / 40)));
/** Floats with some that are not numbers, and some beyond full scale. */
const broken = mono.map((sample, i) => (i % 500 === 7 ? Number.NaN : i % 500 === 8 ? Number.POSITIVE_INFINITY : sample * 3));
/** Deterministic noise, -0.5..0.5. */
const noise = ((state) => Float32Array.from({ length: mono.length }, () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5))(1);

/** Samples of -1..1 as another kind, low byte first. */
const kinds: Readonly<Record<string, (samples: Float32Array) => Buffer>> = {
  u8: (samples) => Buffer.from(samples.map((sample) => Math.round(sample * 127) + 128)),
  s8: (samples) => Buffer.from(Int8Array.from(samples, (sample) => Math.round(sample * 127)).buffer),
  s16: (samples) => pcm(samples, 2),
  s24: (samples) => pcm(samples, 3),
  s32: (samples) => pcm(samples, 4),
  "s16 in 32": (samples) => pcm(samples.map((sample) => Math.round(sample * 32_767) / 32_768), 4).map((byte, i) => (i % 4 < 2 ? 0 : byte)) as Buffer,
  f32: (samples) => Buffer.from(Float32Array.from(samples).buffer),
  f64: (samples) => Buffer.from(Float64Array.from(samples).buffer),
};
const widths: Readonly<Record<string, number>> = { u8: 1, s8: 1, s16: 2, s24: 3, s32: 4, "s16 in 32": 4, f32: 4, f64: 8 };

function formatOf(kind: string, channels: number, bigEndian: boolean): SampleFormat {
  const blockBytes = (widths[kind] ?? 0) * channels;
  return { tag: kind.startsWith("f") ? 3 : 1, channels, sampleRate: rate, blockBytes, bigEndian, signedBytes: kind !== "u8" };
}

function swapped(data: Buffer, width: number): Buffer {
  const copy = Buffer.from(data);
  for (let at = 0; at + width <= copy.length; at += width) copy.subarray(at, at + width).reverse();
  return copy;
}

/** `f32`, `s16 BE`, … */
function nameOf({ tag, channels, blockBytes, bigEndian = false, signedBytes = false }: SampleFormat): string {
  const width = blockBytes / channels;
  return `${tag === 3 ? "f" : width === 1 && !signedBytes ? "u" : "s"}${width * 8}${width > 1 && bigEndian ? " BE" : ""}`;
}

/** Sounds that are far from music around zero: with an offset, constant, of few values, of straight lines. */
const unusual: Readonly<Record<string, (sample: number, i: number) => number>> = {
  "an offset": (sample) => sample * 0.5 + 0.5,
  "a larger offset than sound": (sample) => sample * 0.08 + 0.42,
  "an offset, in 16 bits": (sample) => Math.round(sample * 16_000 + 16_383) / 32_768,
  "an offset below zero": (sample) => sample * 0.3 - 0.6,
  rectified: (sample) => Math.abs(sample) * 0.7 + 0.2,
  constant: () => 0.3,
  silence: () => 0,
  "a square wave": (_, i) => (i % 100 < 50 ? 0.37 : -0.37),
  "a square wave with an offset": (_, i) => (i % 100 < 50 ? 0.8 : 0.2),
  "a ramp": (_, i) => i / mono.length,
  "a slow ramp": (_, i) => 0.5 + i / mono.length / 2,
  "a sawtooth": (_, i) => (i % 200) / 100 - 1,
  "a sine tone": (_, i) => 0.8 * Math.sin(i / 20),
};

/** What samples of a kind are taken for; `refused` where they are named as no floats. */
async function takenFor(data: Buffer, declared: SampleFormat): Promise<string> {
  try {
    const { format, skip } = await actualSamples(memoryBytes(data), declared);
    return `${nameOf(format)}${skip === 0 ? "" : ` +${skip}`}`;
  } catch (error) {
    return String(error).includes("declares floats but contains") ? "refused" : String(error);
  }
}

const actual = Object.keys(kinds);
const declarable = actual.filter((kind) => kind !== "s16 in 32" && kind !== "s8");
const cases = [mono, stereo].flatMap((sound) => actual.flatMap((kind) => [false, true].map((bigEndian) => ({ sound, channels: sound === mono ? 1 : 2, kind, bigEndian }))));

describe("samples", () => {
  it.each(cases)("of $channels channels of $kind (BE: $bigEndian) are found, whatever the header declares", async ({ sound, channels, kind, bigEndian }) => {
    const data = kinds[kind]?.(sound) ?? Buffer.alloc(0);
    const width = widths[kind] ?? 1;
    const content = bigEndian ? swapped(data, width) : data;
    const right = nameOf(formatOf(kind, channels, bigEndian));
    for (const other of declarable) {
      for (const otherEnd of [false, true]) {
        const found = await takenFor(content, formatOf(other, channels, otherEnd));
        // Integers that are declared as floats are named.
        expect({ declared: other, BE: otherEnd, found: found === "refused" && !kind.startsWith("f") && other.startsWith("f") ? right : found }).toEqual({ declared: other, BE: otherEnd, found: right });
      }
    }
  });

  it.each(["s16", "s24", "s32"])("of %s stay as declared where they are quiet, where one channel is silent, and where they are noise", async (kind) => {
    const quiet = mono.map((sample) => sample / 300);
    const oneSided = stereo.map((sample, i) => (i % 2 === 0 ? 0 : sample));
    for (const sound of [quiet, noise, mono.map((sample, i) => Math.sin(i * 2.9) * 0.8 + sample * 0.05)]) {
      expect(await takenFor(kinds[kind]?.(sound) ?? Buffer.alloc(0), formatOf(kind, 1, false))).toBe(kind);
    }
    for (const sound of [oneSided, oneSided.map((_, i) => stereo[i ^ 1] ?? 0).map((sample, i) => (i % 2 === 0 ? sample : 0))]) {
      expect(await takenFor(kinds[kind]?.(sound) ?? Buffer.alloc(0), formatOf(kind, 2, false))).toBe(kind);
    }
  });

  it("of floats stay as declared where they are noise", async () => {
    for (const kind of ["f32", "f64"]) expect(await takenFor(kinds[kind]?.(noise) ?? Buffer.alloc(0), formatOf(kind, 1, false))).toBe(kind);
  });

  it("of floats in the other order, some not numbers, are found", async () => {
    for (const kind of ["f32", "f64"]) {
      const content = swapped(kinds[kind]?.(broken) ?? Buffer.alloc(0), widths[kind] ?? 1);
      expect(await takenFor(content, formatOf(kind, 1, false))).toBe(`${kind} BE`);
    }
  });

  it.each(Object.keys(unusual))("that sound like %s stay as declared", async (shape) => {
    const one = mono.map((sample, i) => unusual[shape]?.(sample, i) ?? 0);
    // The second channel is like the first one, or has music around zero.
    const two = [one, mono].map((other) => Float32Array.from({ length: one.length * 2 }, (_, i) => (i % 2 === 0 ? (one[i >> 1] ?? 0) : (other[i >> 1] ?? 0) * 0.9)));
    for (const kind of ["u8", "s16", "s24", "s32", "f32", "f64"]) {
      for (const sound of [one, ...two]) {
        for (const bigEndian of [false, true]) {
          const data = kinds[kind]?.(sound) ?? Buffer.alloc(0);
          const format = formatOf(kind, sound === one ? 1 : 2, bigEndian);
          const found = await takenFor(bigEndian ? swapped(data, widths[kind] ?? 1) : data, format);
          expect({ kind, channels: format.channels, found }).toEqual({ kind, channels: format.channels, found: nameOf(format) });
        }
      }
    }
  });
});
