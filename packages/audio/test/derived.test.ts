import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createOscillators, createSmoothLevels, levelCount, outputRate } from "../src/index.ts";

describe("oscillators", () => {
  const at = (barPhase: number): number[] => {
    const oscillators = createOscillators();
    oscillators.update({ barPhase });
    return Array.from(oscillators.values, (value) => Math.round(value * 1000) / 1000);
  };

  it("are 0 on the first beat, and swing over one, two and four beats", () => {
    expect(at(0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    // Half of the first beat is over.
    expect(at(1 / 8)).toEqual([1, 0.5, 0.146, 1, 0.5, 0.25, 0.5, 0.25, 0.125]);
    expect(at(1 / 4)).toEqual([0, 1, 0.5, 0, 1, 0.5, 0, 0.5, 0.25]);
    expect(at(1 / 2)).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0.5]);
  });

  it("stay within 0 and 1", () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (barPhase) => {
      expect(at(barPhase).filter((value) => !(value >= 0 && value <= 1))).toEqual([]);
    }));
  });
});

it("smooth levels swell at once and fade slowly, each with its own bands", () => {
  const smooth = createSmoothLevels();
  const levels = new Float32Array(levelCount);
  const run = (seconds: number): number[] => {
    for (let n = 0; n < seconds * outputRate; n += 1) smooth.update({ levels });
    return Array.from(smooth.values);
  };
  levels[1] = 1;
  const [bass = 0, mid, high] = run(0.3);
  expect([bass, mid, high]).toEqual([expect.closeTo(1, 1), 0, 0]);
  levels.fill(0);
  const [fading = 0] = run(0.3);
  expect(fading).toBeGreaterThan(0.4);
  expect(fading).toBeLessThan(0.7);
  levels[6] = 0.5;
  expect(run(1)).toEqual([expect.closeTo(0.07, 1), 0, expect.closeTo(0.5, 2)]);
});
