import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import type { ExpectedInterval, TapFit } from "../src/rhythm/hand/likeliest-line.ts";
import { createTaps } from "../src/rhythm/hand/tap-fit.ts";

/** What taps give, fitted at each of the last five, as keys are. */
const fit = (times: readonly number[], expected: readonly ExpectedInterval[] = []) => {
  const taps = createTaps();
  let line: TapFit | undefined;
  times.forEach((time, k) => {
    taps.add(time);
    if (k >= times.length - 5) line = taps.fit(expected);
  });
  return line;
};
const beats = (count: number, interval: number, from = 3): number[] => Array.from({ length: count }, (_, k) => from + k * interval);

/** Numbers from 0 to 1, the same ones for each seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32;
  };
}

const trials = 30;

/** Eight beats, tapped with a normal jitter of 30 ms. One tap, any, is half a beat off at most; or there is one more, anywhere in a beat; or one is left out. */
function tapSeries(bad: "none" | "moved" | "doubled" | "missing", every: number, draw: () => number): number[] {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const times = beats(8, every).map((time) => time + 0.03 * normal());
  const wrong = Math.floor(8 * draw());
  const time = times[wrong] ?? NaN;
  if (bad === "moved") times[wrong] = time + (draw() < 0.5 ? -1 : 1) * (0.1 + 0.4 * draw()) * every;
  if (bad === "doubled") times.push(time + (0.1 + 0.8 * draw()) * every);
  if (bad === "missing") times.splice(wrong, 1);
  return times.toSorted((a, b) => a - b);
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? NaN;
}

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

  describe.each([60, 120, 174, 200])("eight taps with 30 ms of jitter at %i BPM", (bpm) => {
    const every = 60 / bpm;
    // Of the interval by least squares through all eight, and through seven of which the last is missing.
    const [standardError, ofSeven] = [0.03 / Math.sqrt(42) / every, 0.03 / Math.sqrt(28) / every];

    it.each(["none", "moved", "doubled", "missing"] as const)("bad tap: %s", (bad) => {
      const draw = createRandom(bpm);
      const errors = Array.from({ length: trials }, () => tapSeries(bad, every, draw)).map((times) => Math.abs((fit(times)?.interval ?? NaN) / every - 1));
      expect(quantile(errors, 0.5)).toBeLessThan(1.4 * standardError);
      // At fast tempi the jitter is a tenth of a beat: now and then bad taps fit another tempo better.
      expect(quantile(errors, bpm < 150 ? 1 : 0.9)).toBeLessThan(3.8 * ofSeven);
    });

    it.each(["none", "moved", "doubled", "missing"] as const)("with a tempo of the tracker that agrees, bad tap: %s", (bad) => {
      const draw = createRandom(bpm);
      const expected = [
        { interval: every * 1.002, likely: 0.5 },
        { interval: every / 2, likely: 0.25 },
        { interval: (every * 2) / 3, likely: 0.02 },
      ];
      const errors = Array.from({ length: trials }, () => tapSeries(bad, every, draw)).map((times) => Math.abs((fit(times, expected)?.interval ?? NaN) / every - 1));
      expect(quantile(errors, 0.95)).toBeLessThan(0.01);
    });
  });

  it("takes an expected tempo only where the taps agree with it, and the less, the less likely it is", () => {
    const times = beats(8, 0.5).map((time, k) => time + (k % 2 === 0 ? 0.01 : -0.01));
    expect(fit(times, [{ interval: 0.503, likely: 0.5 }])).toMatchObject({ interval: 0.503, isExpected: true });
    expect(fit(times, [{ interval: 0.53, likely: 0.5 }])).toMatchObject({ isExpected: false });
    expect(fit(times, [{ interval: 0.511, likely: 0.5 }])?.isExpected).toBe(true);
    expect(fit(times, [{ interval: 0.511, likely: 0.02 }])?.isExpected).toBe(false);
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
