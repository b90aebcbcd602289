import { describe, expect, it } from "vitest";
import { createDecimator } from "../src/dsp/decimator.ts";
import { createHistory } from "../src/dsp/history.ts";
import { createInput } from "../src/dsp/input.ts";
import { createPowerSpectrum } from "../src/dsp/power-spectrum.ts";
import { createRealFft } from "../src/dsp/real-fft.ts";
import { createReassignment } from "../src/dsp/reassignment.ts";
import { windowSize } from "../src/dsp/window.ts";
import { sine, whiteNoise } from "./signals.ts";

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe("createRealFft", () => {
  it.each([4, 64, 128])("agrees with the definition at %i samples", (size) => {
    const input = Float64Array.from(whiteNoise(1, size, 1));
    const fft = createRealFft(size);
    fft.transform(input);
    for (let k = 0; k <= size / 2; k += 1) {
      let re = 0;
      let im = 0;
      input.forEach((value, i) => {
        re += value * Math.cos((2 * Math.PI * k * i) / size);
        im -= value * Math.sin((2 * Math.PI * k * i) / size);
      });
      expect(fft.output[2 * k]).toBeCloseTo(re, 9);
      expect(fft.output[2 * k + 1]).toBeCloseTo(im, 9);
    }
  });
});

describe("createHistory", () => {
  it("keeps the newest samples in a row, however they came", () => {
    const history = createHistory(8);
    const newest = (length: number): number[] => Array.from(history.samples.slice(history.start(length), history.start(length) + length));
    for (let value = 1; value <= 20; value += 3) {
      history.push(Float32Array.of(value, value + 1, value + 2), 3);
      expect(newest(3)).toEqual([value, value + 1, value + 2]);
    }
    expect(newest(8)).toEqual([14, 15, 16, 17, 18, 19, 20, 21]);
    history.reset();
    expect(newest(8)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("createPowerSpectrum", () => {
  it("gives a full-scale sine the power 1, between bins as well as on one", () => {
    const spectrum = createPowerSpectrum(1024, 44_100);
    for (const hz of [spectrum.binHz * 20, spectrum.binHz * 20.5, 5000]) {
      const history = createHistory(1024);
      history.push(sine(hz, 1, 0.1), 4410);
      spectrum.measure(history);
      expect(sum(spectrum.power)).toBeCloseTo(1, 2);
      expect(spectrum.power.indexOf(Math.max(...spectrum.power))).toBeCloseTo(hz / spectrum.binHz, -1);
    }
  });
});

describe("createReassignment", () => {
  it("finds the frequency of a tone in every bin of its main lobe", () => {
    const spectrum = createPowerSpectrum(2048, 44_100);
    const reassignment = createReassignment(spectrum);
    for (const hz of [100, 1234, 9876]) {
      const history = createHistory(2048);
      history.push(sine(hz, 0.3, 0.1), 4410);
      spectrum.measure(history);
      reassignment.measure(history);
      const bin = hz / spectrum.binHz;
      for (let k = Math.ceil(bin - 1.5); k <= bin + 1.5; k += 1) expect(reassignment.hz[k]).toBeCloseTo(hz, -0.5);
    }
  });
});

describe("createDecimator", () => {
  const level = (hz: number, factor: number): number => {
    const rate = 88_200;
    const decimator = createDecimator(factor, rate);
    const count = decimator.take(sine(hz, 1, 1, rate), rate);
    expect(count).toBe(rate / factor);
    let power = 0;
    for (let i = 1000; i < count; i += 1) power += (decimator.output[i] ?? 0) ** 2;
    return Math.sqrt((2 * power) / (count - 1000));
  };

  it("keeps what fits below the new Nyquist frequency and drops what would alias", () => {
    for (const factor of [2, 4]) {
      const nyquist = 44_100 / factor;
      expect(level(0.1 * nyquist, factor)).toBeCloseTo(1, 2);
      expect(level(0.7 * nyquist, factor)).toBeCloseTo(1, 1);
      expect(level(1.2 * nyquist, factor)).toBeLessThan(0.02);
      expect(level(1.7 * nyquist, factor)).toBeLessThan(0.005);
    }
  });

  it("gives the same samples in blocks of any size", () => {
    const noise = whiteNoise(1, 0.1);
    const whole = createDecimator(3, noise.length);
    const count = whole.take(noise, noise.length);
    const parts = createDecimator(3, 100);
    const pieces: number[] = [];
    for (let at = 0; at < noise.length; at += 77) {
      const kept = parts.take(noise.subarray(at, at + 77), Math.min(77, noise.length - at));
      pieces.push(...parts.output.subarray(0, kept));
    }
    expect(pieces).toEqual(Array.from(whole.output.subarray(0, count)));
  });
});

describe("createInput", () => {
  it.each([[8000, 8000], [48_000, 48_000], [88_200, 44_100], [96_000, 48_000], [176_400, 44_100], [192_000, 48_000]])(
    "works on %i Hz at %i Hz",
    (sampleRate, rate) => {
      expect(createInput(sampleRate, 100).rate).toBe(rate);
    },
  );

  it("replaces what is not a number, limits what is huge and ends in true zeros", () => {
    const input = createInput(44_100, 44_100);
    const bad = Float32Array.of(Number.NaN, Infinity, -Infinity, 1e30, -1e30);
    expect(input.take(bad, 0, 5)).toBe(5);
    for (const sample of input.output.subarray(0, 5)) expect(Math.abs(sample)).toBeLessThanOrEqual(8);
    input.take(new Float32Array(44_100), 0, 44_100);
    expect(input.output[44_099]).toBe(0);
  });
});

describe("windowSize", () => {
  it("takes the nearest power of two", () => {
    expect(windowSize(0.046, 44_100)).toBe(2048);
    expect(windowSize(0.046, 48_000)).toBe(2048);
    expect(windowSize(0.023, 8000)).toBe(256);
  });
});
