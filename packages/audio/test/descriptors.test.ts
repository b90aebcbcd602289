import meyda from "meyda";
import { describe, expect, it } from "vitest";
import { meydaExtractor } from "../src/tone/meyda-extractors.ts";
import { framesOf, lastFrame } from "./run.ts";
import { concat, sine, whiteNoise } from "./signals.ts";

describe("descriptors", () => {
  it("calls high tones brighter than low ones, from 0 to 1", () => {
    const brightness = [60, 300, 1000, 4000, 11_000].map((hz) => lastFrame(framesOf(sine(hz, 0.5, 2))).brightness);
    expect(brightness).toEqual(brightness.toSorted((a, b) => a - b));
    expect(brightness[0]).toBeLessThan(0.05);
    expect(brightness[2]).toBeCloseTo(Math.log2(1000 / 150) / Math.log2(8000 / 150), 1);
    expect(brightness[4]).toBeGreaterThan(0.95);
  });

  it("separates noise from tones, and both from silence", () => {
    expect(lastFrame(framesOf(whiteNoise(0.5, 2))).noisiness).toBeGreaterThan(0.7);
    expect(lastFrame(framesOf(sine(440, 0.5, 2))).noisiness).toBeLessThan(0.05);
    const ended = lastFrame(framesOf(concat(whiteNoise(0.5, 1), new Float32Array(88_200))));
    expect(ended.noisiness).toBeLessThan(0.01);
    expect(ended.brightness).toBeLessThan(0.01);
  });
});

describe("meydaExtractor", () => {
  it("gives what Meyda gives, without its settings", () => {
    const ampSpectrum = Float32Array.of(0, 1, 0, 3);
    expect(meydaExtractor("spectralCentroid")({ ampSpectrum })).toBeCloseTo(2.5, 6);
    expect(meydaExtractor("spectralFlatness")({ ampSpectrum: Float32Array.of(2, 2, 2) })).toBeCloseTo(1, 6);
  });

  it("leaves Meyda's shared settings alone", () => {
    const before = JSON.stringify(meyda);
    framesOf(whiteNoise(0.5, 0.2));
    expect(JSON.stringify(meyda)).toBe(before);
  });
});
