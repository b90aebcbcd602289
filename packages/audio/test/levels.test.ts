import { describe, expect, it } from "vitest";
import { levelBands } from "../src/bands.ts";
import { createDemoTrack } from "../src/demo/demo-track.ts";
import { frameAt, framesOf, lastFrame } from "./run.ts";
import { concat, sine, whiteNoise } from "./signals.ts";

const whole = 7;

describe("levels", () => {
  it.each([
    [30, 0], [40, 0], [50, 0], [70, 1], [120, 1], [230, 1], [300, 2], [450, 2], [700, 3], [1800, 3], [2300, 4], [3700, 4],
    [4400, 5], [5700, 5], [7000, 6], [15_000, 6],
  ])("shows a %i Hz tone in band %i only", (hz, band) => {
    const { levels } = lastFrame(framesOf(sine(hz, 0.5, 2)));
    expect(levels[band]).toBeGreaterThan(0.4);
    const others = levelBands.map((_, index) => levels[index] ?? 1).filter((_, index) => index !== band);
    expect(Math.max(...others)).toBeLessThan(0.15);
  });

  it.each([8000, 48_000, 96_000, 192_000])("puts a 40 Hz tone into the lowest band at %i Hz, too", (sampleRate) => {
    const { levels } = lastFrame(framesOf(sine(40, 0.5, 2, sampleRate), { sampleRate }));
    expect(levels[0]).toBeGreaterThan(0.4);
    for (const other of [1, 2, 3, 4, 5, 6]) expect(levels[other]).toBeLessThan(0.1);
  });

  it("distinguishes 12 dB less from full scale at once", () => {
    const frames = framesOf(concat(sine(100, 1, 5), sine(100, 0.25, 1)));
    const loud = frameAt(frames, 5).levels;
    const quiet = frameAt(frames, 5.5).levels;
    for (const channel of [1, whole]) {
      expect(loud[channel]).toBeGreaterThan(0.8);
      expect(quiet[channel]).toBeLessThan(0.6 * (loud[channel] ?? 0));
      expect(quiet[channel]).toBeGreaterThan(0.2);
    }
  });

  it("still shows a quiet passage of 20 s as quiet, and a minute later follows it", () => {
    const frames = framesOf(concat(whiteNoise(0.9, 30, 16_000), whiteNoise(0.15, 90, 16_000)), { sampleRate: 16_000 });
    const mean = (from: number, to: number): number => {
      const part = frames.slice(from * 60, to * 60).map((frame) => frame.levels[whole] ?? 0);
      return part.reduce((sum, value) => sum + value, 0) / part.length;
    };
    expect(mean(25, 30)).toBeGreaterThan(0.7);
    expect(mean(45, 50)).toBeLessThan(0.75 * mean(25, 30));
    expect(mean(115, 120)).toBeGreaterThan(mean(31, 36) * 1.5);
  });

  it("brings a programme at -60 dBFS up to visible levels", () => {
    const sampleRate = 22_050;
    const track = createDemoTrack(sampleRate);
    const music = new Float32Array(sampleRate * 30);
    // Ends in the groove.
    track.render(music, track.lengthSamples - sampleRate * 10);
    const peaks = (gain: number): number[] => {
      const frames = framesOf(music.map((sample) => sample * gain), { sampleRate });
      return [0, 1, 3, whole].map((channel) => Math.max(...frames.slice(-180).map((frame) => frame.levels[channel] ?? 0)));
    };
    const loud = peaks(1);
    peaks(0.001).forEach((peak, i) => {
      expect(peak).toBeGreaterThan(i === 2 ? 0.15 : 0.4);
      expect(peak).toBeLessThanOrEqual((loud[i] ?? 0) + 0.1);
    });
  });

  it("keeps beats visible in clipped music", () => {
    const track = createDemoTrack(44_100);
    const music = new Float32Array(44_100 * 10);
    track.render(music, 44_100 * 8);
    const clipped = music.map((sample) => Math.max(-1, Math.min(1, sample * 4)));
    const bass = framesOf(clipped).slice(-240).map((frame) => frame.levels[0] ?? 0);
    expect(Math.max(...bass) - Math.min(...bass)).toBeGreaterThan(0.3);
    expect(bass.filter((level) => level >= 1).length).toBeLessThan(60);
  });

  it("shows absolute decibels without auto gain", () => {
    for (const [amplitude, level] of [[1, 1], [0.251, 0.8], [0.0316, 0.5], [0.001, 0]] as const) {
      const { levels } = lastFrame(framesOf(sine(1000, amplitude, 1), { autoGain: false, silenceDb: -100 }));
      expect(levels[3]).toBeCloseTo(level, 1);
      expect(levels[whole]).toBeCloseTo(level, 1);
    }
  });

  it("rises within two frames and falls smoothly", () => {
    const frames = framesOf(concat(sine(3000, 0.8, 3), new Float32Array(22_050), sine(3000, 0.8, 0.2), new Float32Array(44_100)));
    const level = (seconds: number): number => frameAt(frames, seconds).levels[4] ?? 0;
    const top = level(3);
    expect(level(3.5 + 2 / 60)).toBeGreaterThan(0.7 * top);
    expect(level(3.1)).toBeGreaterThan(0.2 * top);
    for (let k = 0; k < 20; k += 1) {
      const step = level(3.03 + k / 60) - level(3.03 + (k + 1) / 60);
      expect(step).toBeGreaterThanOrEqual(0);
      expect(step).toBeLessThan(0.25 * top);
    }
    expect(level(3.48)).toBeLessThan(0.02);
  });

  it("falls at once when smoothing is 0", () => {
    const signal = concat(sine(3000, 0.8, 1), new Float32Array(8820));
    expect(frameAt(framesOf(signal, { smoothing: 0 }), 1.1).levels[4]).toBe(0);
    expect(frameAt(framesOf(signal, { smoothing: 1 }), 1.1).levels[4]).toBeGreaterThan(0.3);
  });
});

describe("spectrum", () => {
  it("has its highest bin where the tone is", () => {
    for (const hz of [35, 100, 440, 1100, 5000, 15_000]) {
      const bin = Math.floor((32 * Math.log(hz / 20)) / Math.log(1000));
      const { spectrum } = lastFrame(framesOf(sine(hz, 0.5, 1), { enableSpectrum: true }));
      expect(spectrum.indexOf(Math.max(...spectrum))).toBe(bin);
    }
  });
});

describe("energy", () => {
  it("follows hits quickly with one envelope and the passage with the other", () => {
    const hit = concat(whiteNoise(0.8, 0.1), new Float32Array(17_640));
    const frames = framesOf(concat(...Array.from({ length: 20 }, () => hit)));
    const late = frames.slice(-60);
    const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
    expect(spread(late.map((frame) => frame.energyFast))).toBeGreaterThan(0.4);
    expect(spread(late.map((frame) => frame.energySlow))).toBeLessThan(0.1);
    expect(lastFrame(frames).energySlow).toBeGreaterThan(0.02);
  });
});
