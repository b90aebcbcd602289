import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import type { AudioFrame } from "../src/frame.ts";
import { framesOf } from "./run.ts";

/** Every field with its documented range. */
const RANGES: { [Name in keyof Omit<AudioFrame, "levels" | "spectrum" | "tempoBy" | "section">]: readonly [number, number] } = {
  index: [1, 1e9],
  time: [0, 1e9],
  beat: [0, 1],
  flux: [0, 1],
  bpm: [0, 180],
  unfoldedBpm: [0, 400],
  bpmConfidence: [0, 1],
  tempo: [0, 999],
  beats: [0, 1e9],
  pitchHz: [0, 2000],
  pitchConfidence: [0, 1],
  phase: [0, 1],
  barPhase: [0, 1],
  beatInBar: [1, 7],
  metre: [1, 7],
  barConfidence: [0, 1],
  onset: [0, 1],
  kick: [0, 1],
  snare: [0, 1],
  hat: [0, 1],
  silence: [0, 1],
  energyFast: [0, 1],
  energySlow: [0, 1],
  buildup: [0, 1],
  drop: [0, 1],
  trend: [-1, 1],
  phraseBar: [0, 8],
  phraseSince: [0, 1e9],
  phraseConfidence: [0, 1],
  sectionConfidence: [0, 1],
  sectionStart: [0, 1e9],
  brightness: [0, 1],
  noisiness: [0, 1],
};

const flags = new Set(["beat", "silence", "buildup", "drop"]);

function faults(frame: AudioFrame): string[] {
  const { levels, spectrum, tempoBy: _by, section: _section, ...values } = frame;
  const found = Object.entries(RANGES).flatMap(([name, [low, high]]) => {
    const value = Object.entries(values).find(([key]) => key === name)?.[1];
    const good = value !== undefined && value >= low && value <= high && (!flags.has(name) || Number.isInteger(value));
    return good ? [] : [`${name} = ${value}`];
  });
  for (const [name, list] of [["levels", levels], ["spectrum", spectrum]] as const) {
    list.forEach((value, i) => {
      if (!(value >= 0 && value <= 1)) found.push(`${name}[${i}] = ${value}`);
    });
  }
  return found;
}

/** Parts of the output of a broken or ordinary source. */
const stretch = fc.record({
  kind: fc.constantFrom("silence", "tone", "noise", "square", "offset", "nan", "infinite", "huge", "tiny", "click"),
  hz: fc.integer({ min: 1, max: 30_000 }),
  gain: fc.constantFrom(1e-30, 1e-4, 0.1, 1, 3),
  samples: fc.integer({ min: 1, max: 6000 }),
});

type Stretch = typeof stretch extends fc.Arbitrary<infer Value> ? Value : never;

function render({ kind, hz, gain, samples }: Stretch, sampleRate: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, i) => {
    const wave = Math.sin((2 * Math.PI * hz * i) / sampleRate);
    switch (kind) {
      case "tone":
        return gain * wave;
      case "noise":
        return gain * (((i * 7919 * hz) % 2001) / 1000 - 1);
      case "square":
        return gain * Math.sign(wave);
      case "offset":
        return gain;
      case "nan":
        return i % 3 === 0 ? Number.NaN : wave;
      case "infinite":
        return i % 5 === 0 ? Infinity : -Infinity;
      case "huge":
        return 1e38 * wave;
      case "tiny":
        return 1e-40 * wave;
      case "click":
        return i === 0 ? gain : 0;
      default:
        return 0;
    }
  });
}

describe("AudioFrame", () => {
  it("never leaves its ranges, for any input", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8000, 11_025, 44_100, 48_000, 96_000, 192_000),
        fc.array(stretch, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.boolean(),
        (sampleRate, stretches, block, autoGain) => {
          const parts = stretches.map((part) => render(part, sampleRate));
          const samples = Float32Array.from(parts.flatMap((part) => [...part]));
          const options = { sampleRate, autoGain, enableSpectrum: true, enableBpm: true, enableStructure: true, enablePitch: true };
          const frames = framesOf(samples, options, block);
          expect(frames).toHaveLength(Math.floor((samples.length + 0.5) / (sampleRate / 60)));
          for (const frame of frames) expect(faults(frame)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});
