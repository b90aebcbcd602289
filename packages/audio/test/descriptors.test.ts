import meyda from "meyda";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { spectralCentroid, spectralFlatness } from "../src/tone/meyda/extractors.ts";
import { framesOf, lastFrame } from "./run.ts";
import { concat, sine, whiteNoise } from "./signals.ts";

const extractor = z.custom<(input: { ampSpectrum: Float32Array }) => unknown>((value) => typeof value === "function");
const extractorsSchema = z.object({ featureExtractors: z.object({ spectralCentroid: extractor, spectralFlatness: extractor }) });

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

describe("Meyda's extractors", () => {
  // A part of its source stands in src/tone/meyda, because the package installs its build tools.
  it("are what the package meyda computes", () => {
    const extractors = extractorsSchema.parse("default" in meyda ? { ...meyda, ...Object(meyda.default) } : meyda).featureExtractors;
    for (const ampSpectrum of [Float32Array.of(0, 1, 0, 3), Float32Array.of(2, 2, 2), whiteNoise(0.5, 0.02).map(Math.abs)]) {
      expect(spectralCentroid(ampSpectrum)).toBeCloseTo(Number(extractors.spectralCentroid({ ampSpectrum })), 6);
      expect(spectralFlatness(ampSpectrum)).toBeCloseTo(Number(extractors.spectralFlatness({ ampSpectrum })), 6);
    }
    expect(spectralCentroid(Float32Array.of(0, 1, 0, 3))).toBeCloseTo(2.5, 6);
    expect(spectralFlatness(Float32Array.of(2, 2, 2))).toBeCloseTo(1, 6);
  });
});
