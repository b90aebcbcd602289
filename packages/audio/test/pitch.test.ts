import { describe, expect, it } from "vitest";
import { hat, kick, saw, snare } from "../src/demo/demo-voices.ts";
import { frameAt, framesOf, lastFrame } from "./run.ts";
import { concat, sine, whiteNoise } from "./signals.ts";

const cents = (hz: number, truth: number): number => Math.abs(1200 * Math.log2(hz / truth));

const pitched = { enablePitch: true };

describe("pitch", () => {
  it.each([32.7, 43.65, 55, 82.4, 110, 220, 440, 880, 1480, 1900])("finds a sine and a sawtooth at %f Hz", (hz) => {
    const rich = Float32Array.from({ length: 44_100 }, (_, i) => 0.2 * saw(hz, i / 44_100, Math.min(30, Math.floor(18_000 / hz))));
    for (const tone of [sine(hz, 0.4, 1), rich]) {
      const frame = lastFrame(framesOf(tone, pitched));
      expect(cents(frame.pitchHz, hz)).toBeLessThan(30);
      expect(frame.pitchConfidence).toBeGreaterThan(0.6);
    }
  });

  it.each([8000, 48_000, 96_000, 192_000])("is right at a sample rate of %i Hz, too", (sampleRate) => {
    const frame = lastFrame(framesOf(sine(196, 0.4, 1, sampleRate), { ...pitched, sampleRate }));
    expect(cents(frame.pitchHz, 196)).toBeLessThan(20);
  });

  it("gives no pitch to silence or noise, at any level", () => {
    for (const signal of [new Float32Array(44_100), whiteNoise(0.9, 3), whiteNoise(0.001, 3)]) {
      const frames = framesOf(signal, pitched);
      expect(frames.filter((frame) => frame.pitchHz > 0)).toHaveLength(0);
    }
  });

  it("gives 0 Hz exactly when the confidence is below the limit", () => {
    const tone = sine(330, 0.3, 1);
    const mixed = whiteNoise(0.5, 1).map((sample, i) => sample * (i / 44_100) + (tone[i] ?? 0));
    for (const pitchMinConfidence of [0.3, 0.6, 0.9]) {
      for (const frame of framesOf(mixed, { ...pitched, pitchMinConfidence })) {
        expect(frame.pitchHz > 0).toBe(frame.pitchConfidence >= pitchMinConfidence && frame.pitchConfidence > 0);
      }
    }
  });

  it("holds a voice over drums as loud", () => {
    const hz = 233;
    const mixed = Float32Array.from({ length: 44_100 * 6 }, (_, i) => {
      const t = i / 44_100;
      const beat = t % 0.5;
      const drums = 0.5 * kick(beat) + 0.2 * hat((t + 0.25) % 0.5, i, 0.05) + (Math.floor(t * 2) % 2 === 1 ? 0.3 * snare(beat, i) : 0);
      return 0.2 * saw(hz, t, 20) + drums;
    });
    const frames = framesOf(mixed, pitched).slice(30);
    const wrong = frames.filter((frame) => frame.pitchHz === 0 || cents(frame.pitchHz, hz) > 50);
    expect(wrong.length / frames.length).toBeLessThan(0.15);
  });

  it("follows a new note within 150 ms and lets go of a lost one", () => {
    const frames = framesOf(concat(sine(220, 0.4, 1), sine(330, 0.4, 1), new Float32Array(22_050)), pitched);
    expect(cents(frameAt(frames, 1.15).pitchHz, 330)).toBeLessThan(20);
    expect(frameAt(frames, 2.15).pitchHz).toBe(0);
  });

  it("keeps to the given range", () => {
    const frames = framesOf(sine(100, 0.4, 1), { ...pitched, pitchMinHz: 150, pitchMaxHz: 1000 });
    for (const { pitchHz } of frames) expect(pitchHz === 0 || (pitchHz >= 150 && pitchHz <= 1000)).toBe(true);
  });
});
