import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTaps } from "../src/rhythm/hand/tap-fit.ts";

const fit = (times: readonly number[]) => {
  const taps = createTaps();
  for (const time of times) taps.add(time);
  return taps.fit();
};
const beats = (count: number, interval: number, from = 3): number[] => Array.from({ length: count }, (_, k) => from + k * interval);
const jitter = fc.array(fc.double({ min: -0.03, max: 0.03, noNaN: true }), { minLength: 8, maxLength: 8 });
const interval = fc.double({ min: 60 / 160, max: 60 / 70, noNaN: true });

describe("createTaps", () => {
  it("finds tempo and phase of even taps exactly, at any tempo", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 1.9, noNaN: true }), fc.integer({ min: 2, max: 12 }), (every, count) => {
        const line = fit(beats(count, every));
        expect(line?.interval).toBeCloseTo(every, 6);
        expect(line?.time).toBeCloseTo(3 + (count - 1) * every, 6);
        expect(line?.taps).toBe(count);
      }),
    );
  });

  it("is as good as least squares through taps with jitter, and no worse for one bad tap among them", () => {
    fc.assert(
      fc.property(interval, jitter, fc.integer({ min: 1, max: 6 }), fc.double({ min: 0.25, max: 0.45, noNaN: true }), (every, off, wrong, share) => {
        const times = beats(8, every).map((time, k) => time + (off[k] ?? 0));
        // 30 ms at both ends and against each other: 60 ms in 7 beats, and least squares stays below that.
        expect(Math.abs((fit(times)?.interval ?? 0) - every)).toBeLessThan(0.06 / 5);
        times[wrong] = (times[wrong] ?? 0) + share * every;
        const line = fit(times);
        expect(Math.abs((line?.interval ?? 0) - every)).toBeLessThan(0.06 / 4);
        expect(Math.abs((line?.time ?? 0) - (3 + 7 * every))).toBeLessThan(0.06);
      }),
    );
  });

  it("takes no harm from a tap left out, nor from one too many", () => {
    const times = beats(9, 0.5);
    expect(fit(times.filter((_, k) => k !== 4))?.interval).toBeCloseTo(0.5, 6);
    expect(fit([...times, 4.74].toSorted((a, b) => a - b))?.interval).toBeCloseTo(0.5, 3);
  });

  it("begins anew after two seconds, and follows a person who taps another tempo", () => {
    expect(fit([...beats(4, 0.5), 3 + 1.5 + 2.1])).toBeUndefined();
    const other = fit([...beats(8, 0.5), ...beats(5, 0.7, 3 + 3.5 + 0.7)]);
    expect(other?.interval).toBeCloseTo(0.7, 2);
  });
});
