import { describe, expect, it } from "vitest";
import { createMixDown } from "../src/dsp/mix-down.ts";
import type { MixDown } from "../src/dsp/mix-down.ts";
import { sine, whiteNoise } from "./signals.ts";

const rate = 44_100;

function interleave(...channels: Float32Array[]): Float32Array {
  const frames = channels[0]?.length ?? 0;
  return Float32Array.from({ length: frames * channels.length }, (_, i) => channels[i % channels.length]?.[Math.floor(i / channels.length)] ?? 0);
}

const scaled = (samples: Float32Array, factor: number): Float32Array => samples.map((sample) => sample * factor);
const power = (samples: Float32Array): number => samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;

/** Mixes in blocks of 10 ms; also counts how often the choice changed. */
function mixed(channels: Float32Array[], mixDown: MixDown = createMixDown()): { mono: Float32Array; alone: number; changes: number } {
  const interleaved = interleave(...channels);
  const mono = new Float32Array(channels[0]?.length ?? 0);
  const block = 441 * channels.length;
  let changes = 0;
  for (let at = 0; at < interleaved.length; at += block) {
    const before = mixDown.alone;
    mixDown.mix(interleaved.subarray(at, at + block), channels.length, rate, mono.subarray(at / channels.length));
    if (mixDown.alone !== before) changes += 1;
  }
  return { mono, alone: mixDown.alone, changes };
}

/** A mono part in the middle and separate noise on each side, `sideDb` below it. */
function stereo(seconds: number, sideDb: number): [Float32Array, Float32Array] {
  const middle = sine(110, 0.4, seconds).map((sample, i) => sample * (0.5 + 0.5 * Math.cos((4 * Math.PI * i) / rate)));
  const noise = scaled(whiteNoise(1, seconds), 0.3 * 10 ** (sideDb / 20));
  return [middle.map((sample, i) => sample + (noise[i] ?? 0)), middle.map((sample, i) => sample - (noise[i] ?? 0))];
}

describe("createMixDown", () => {
  it("takes the mean of the channels and leaves out an incomplete frame", () => {
    const mono = new Float32Array(4).fill(9);
    expect(createMixDown().mix(Float32Array.of(1, 0, -1, -0.5, 0.25), 2, rate, mono)).toBe(2);
    expect(Array.from(mono)).toEqual([0.5, -0.75, 9, 9]);
    expect(createMixDown().mix(Float32Array.of(0.25, 0.5), 1, rate, mono)).toBe(2);
    expect(Array.from(mono.subarray(0, 2))).toEqual([0.25, 0.5]);
  });

  it("counts what is not finite as 0", () => {
    const mono = new Float32Array(3);
    createMixDown().mix(Float32Array.of(Number.NaN, 0.5, Infinity, -0.5, 0.5, 0.5), 2, rate, mono);
    expect(Array.from(mono)).toEqual([0.25, -0.25, 0.5]);
  });

  it.each([
    ["a balanced mono line", 0, -200],
    ["one inverted channel", 0, -10],
    ["one inverted channel of a wide mix", 0, -6.5],
    ["one inverted channel that is 4 dB louder", 4, -12],
  ])("uses only the louder channel of %s within a second, with one change", (_, db, sideDb) => {
    const [left, right] = stereo(4, sideDb);
    const wrong = scaled(right, -(10 ** (db / 20)));
    const { mono, alone, changes } = mixed([left, wrong]);
    expect(alone).toBeGreaterThanOrEqual(0);
    expect(changes).toBe(1);
    const expected = alone === 0 ? left : wrong;
    expect(Buffer.from(mono.slice(rate).buffer).equals(Buffer.from(expected.slice(rate).buffer))).toBe(true);
  });

  it.each([
    ["equal channels", stereo(4, -200)],
    ["usual stereo", stereo(4, -10)],
    ["very wide stereo", stereo(4, 0)],
    ["unrelated channels", [whiteNoise(0.3, 4), sine(200, 0.3, 4)]],
    ["one dead channel", [sine(200, 0.3, 4), new Float32Array(4 * rate)]],
    ["a dead channel that hisses", [sine(200, 0.3, 4), whiteNoise(0.001, 4)]],
    ["a dead channel with inverted crosstalk", [sine(200, 0.3, 4), sine(200, -0.03, 4)]],
    ["one channel 20 dB louder", [sine(200, 0.5, 4), sine(200, 0.05, 4)]],
    ["hiss with a wrong polarity below hearing", [whiteNoise(1e-5, 4), scaled(whiteNoise(1e-5, 4), -1)]],
  ])("mixes %s", (_, channels) => {
    const { mono, alone, changes } = mixed(channels);
    expect({ alone, changes }).toEqual({ alone: -1, changes: 0 });
    expect(mono[rate]).toBeCloseTo(channels.reduce((sum, channel) => sum + (channel[rate] ?? 0), 0) / channels.length, 6);
  });

  it("notices bass that cancels under highs that do not, and does not mix again while the bass is away", () => {
    const bass = sine(60, 0.3, 8).map((sample, i) => (i > 3 * rate && i < 6.5 * rate ? 0 : sample));
    const highs = whiteNoise(0.5, 8);
    const inverted = highs.map((sample, i) => sample - (bass[i] ?? 0));
    const { alone, changes } = mixed([highs.map((sample, i) => sample + (bass[i] ?? 0)), inverted]);
    expect(alone).toBeGreaterThanOrEqual(0);
    expect(changes).toBe(1);
  });

  it("does not flap where the channels cancel for moments, nor in the rests of a wrongly wired line", () => {
    const [left, right] = stereo(12, -12);
    const moments = right.map((sample, i) => (i % rate >= 0.6 * rate && i % rate < 0.8 * rate ? -sample : sample));
    expect(mixed([left, moments]).changes).toBe(0);
    const rests = left.map((sample, i) => (i % rate < rate / 2 ? sample : 0));
    expect(mixed([rests, scaled(rests, -1)]).changes).toBe(1);
  });

  it("mixes again two to three seconds after the wiring was mended, without a step in the sound", () => {
    const [left, right] = stereo(6, -200);
    const mended = right.map((sample, i) => (i < 3 * rate ? -sample : sample));
    const { mono, alone, changes } = mixed([left, mended]);
    expect({ alone, changes }).toEqual({ alone: -1, changes: 2 });
    const largest = (samples: Float32Array): number => samples.slice(1).reduce((most, sample, i) => Math.max(most, Math.abs(sample - (samples[i] ?? 0))), 0);
    // Steps of the sound itself, and a little for the ramp.
    expect(largest(mono)).toBeLessThan(1.2 * largest(left));
    expect(power(mono.subarray(5.5 * rate))).toBeCloseTo(power(left.subarray(5.5 * rate)), 6);
  });

  it("takes the other channel once the one taken alone is gone", () => {
    const sound = whiteNoise(0.3, 5);
    const first = sound.map((sample, i) => (i < 2 * rate ? sample : sample * 0.01));
    const { alone } = mixed([first, scaled(sound, -0.9)]);
    // By then only the second channel has sound, so the mean does not cancel either.
    expect([1, -1]).toContain(alone);
  });

  it("finds an inverted pair among more channels", () => {
    const sound = whiteNoise(0.3, 2);
    expect(mixed([sound, scaled(sound, -1), new Float32Array(2 * rate), new Float32Array(2 * rate)]).alone).toBe(0);
  });

  it("restarts with another number of channels", () => {
    const mixDown = createMixDown();
    const sound = whiteNoise(0.3, 1);
    expect(mixed([sound, scaled(sound, -1)], mixDown).alone).toBe(0);
    expect(mixed([sound], mixDown).alone).toBe(-1);
  });

  it("names the fault", () => {
    const mixDown = createMixDown();
    expect(() => mixDown.mix(new Float32Array(9), 65, rate, new Float32Array(9))).toThrow("channels is 65");
    expect(() => mixDown.mix(new Float32Array(9), 1.5, rate, new Float32Array(9))).toThrow("channels is 1.5");
    expect(() => mixDown.mix(new Float32Array(8), 2, rate, new Float32Array(3))).toThrow("holds 3 samples; 4 are needed");
  });
});
