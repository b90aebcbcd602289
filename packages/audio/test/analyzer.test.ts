import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../src/analyzer.ts";

describe("createAnalyzer", () => {
  it.each([8000, 44_100, 48_000, 192_000])("gives 60 frames per second of a %i Hz stream, in blocks of any size", (sampleRate) => {
    for (const block of [1, 64, 511, 5000]) {
      const times: number[] = [];
      const analyzer = createAnalyzer({ sampleRate, enablePitch: false }, (frame) => times.push(frame.time));
      const silence = new Float32Array(block);
      for (let fed = 0; fed < sampleRate; fed += block) analyzer.push(silence, 0, Math.min(block, sampleRate - fed));
      expect(times).toHaveLength(60);
      expect(times[59]).toBeCloseTo(1, 9);
    }
  });
});
