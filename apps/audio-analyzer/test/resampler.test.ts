import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createRateKeeper, createResampler } from "../src/capture/decode/resampler.ts";

const tone = (hz: number, rate: number, seconds: number): Float32Array =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));

function joined(parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

describe("createResampler", () => {
  it.each([
    [22_050, 44_100],
    [44_100, 22_050],
    [44_100, 48_000],
    [48_000, 44_100],
    [5512, 11_024],
  ])("gives a tone at %i Hz the rate %i Hz, in time and as loud", (from, to) => {
    const resampler = createResampler(from, to);
    const output = joined([resampler.push(tone(1000, from, 0.5)), resampler.end()]);
    expect(Math.abs(output.length - to * 0.5)).toBeLessThan(3);
    const wanted = tone(1000, to, 0.5);
    // Away from the edges, where silence precedes and follows.
    for (let i = Math.round(to * 0.05); i < to * 0.45; i += 1) expect(Math.abs((output[i] ?? 9) - (wanted[i] ?? 0))).toBeLessThan(0.02);
  });

  it("removes frequencies that the lower rate cannot represent", () => {
    const output = createResampler(48_000, 8000).push(tone(6000, 48_000, 0.5));
    expect(Math.max(...output.subarray(400, 3500).map(Math.abs))).toBeLessThan(0.02);
  });

  it("gives the same output however the sound is cut", () => {
    const input = tone(700, 11_025, 0.1);
    const whole = createResampler(11_025, 16_000);
    const wanted = joined([whole.push(input), whole.end()]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), (cuts) => {
        const resampler = createResampler(11_025, 16_000);
        const edges = [0, ...cuts.map((cut) => Math.min(cut * 4, input.length)).toSorted((a, b) => a - b), input.length];
        const parts = edges.slice(1).map((edge, i) => resampler.push(input.subarray(edges[i], edge)));
        const output = joined([...parts, resampler.end()]);
        expect(output.length).toBe(wanted.length);
        output.forEach((sample, i) => expect(sample).toBeCloseTo(wanted[i] ?? 9, 5));
      }),
    );
  });
});

describe("createRateKeeper", () => {
  it("keeps the rate of the first sound, and the length of all", () => {
    const keeper = createRateKeeper((rate) => rate);
    const parts = [keeper.push(tone(500, 8000, 1), 8000), keeper.push(tone(500, 16_000, 1), 16_000), keeper.push(tone(500, 8000, 1), 8000), keeper.end()];
    expect(parts.map(({ sampleRate }) => sampleRate)).toEqual([8000, 8000, 8000, 8000]);
    const length = parts.reduce((sum, { samples }) => sum + samples.length, 0);
    expect(Math.abs(length - 24_000)).toBeLessThan(4);
  });
});
