import { describe, expect, it } from "vitest";
import type { AudioFrame } from "../src/frame.ts";
import { createDemoTrack } from "../src/demo/demo-track.ts";
import { hat, kick, snare } from "../src/demo/demo-voices.ts";
import { analyzeSamples } from "../src/offline.ts";
import { createPeakPicker } from "../src/onset/peak-picker.ts";
import { framesOf } from "./run.ts";
import { whiteNoise } from "./signals.ts";

type Drum = "kick" | "snare" | "hat" | "onset";

const timesOf = (frames: readonly AudioFrame[], drum: Drum): number[] =>
  frames.filter((frame) => frame[drum] > 0).map((frame) => frame.time);

/** Share of `events` that are followed by one of `times` within 60 ms. */
const matched = (events: readonly number[], times: readonly number[]): number =>
  events.filter((event) => times.some((time) => time >= event - 0.005 && time <= event + 0.06)).length / events.length;

/** A bar of 2 s, four times: kicks on 1 and 3, snares on 2 and 4, hats between. */
function pattern(): { samples: Float32Array; kicks: number[]; snares: number[]; hats: number[] } {
  const samples = new Float32Array(44_100 * 8);
  const events = { kicks: [] as number[], snares: [] as number[], hats: [] as number[] };
  const add = (list: number[], seconds: number, voice: (s: number, index: number) => number): void => {
    list.push(seconds);
    const start = Math.round(seconds * 44_100);
    for (let i = 0; i < 15_000 && start + i < samples.length; i += 1) {
      samples[start + i] = (samples[start + i] ?? 0) + 0.5 * voice(i / 44_100, start + i);
    }
  };
  for (let beat = 0; beat < 16; beat += 1) {
    const at = beat / 2;
    if (beat % 2 === 0) add(events.kicks, at, kick);
    else add(events.snares, at, snare);
    add(events.hats, at + 0.25, (s, index) => 0.5 * hat(s, index, 0.04));
  }
  return { samples, ...events };
}

describe("onsets", () => {
  const { samples, kicks, snares, hats } = pattern();
  const frames = framesOf(samples);

  it("reports every drum within 60 ms, with the right name", () => {
    const found = { kick: timesOf(frames, "kick"), snare: timesOf(frames, "snare"), hat: timesOf(frames, "hat") };
    expect(matched(kicks, found.kick)).toBe(1);
    expect(matched(snares, found.snare)).toBe(1);
    expect(matched(hats, found.hat)).toBe(1);
    expect(matched(hats, found.kick)).toBe(0);
    expect(matched(snares, found.kick)).toBe(0);
    expect(matched(kicks, found.snare)).toBe(0);
    expect(found.kick).toHaveLength(kicks.length);
  });

  it("gives strong hits more strength than weak ones", () => {
    const fading = samples.map((sample, i) => (Math.floor(i / 44_100) % 2 === 1 ? 0.65 * sample : sample));
    const kicksOf = framesOf(fading).filter((frame) => frame.kick > 0 && frame.time > 1.5);
    const mean = (odd: number): number => {
      const part = kicksOf.filter((frame) => Math.floor(frame.time) % 2 === odd).map((frame) => frame.kick);
      return part.reduce((sum, value) => sum + value, 0) / part.length;
    };
    expect(mean(1)).toBeLessThan(0.8 * mean(0));
    expect(mean(0)).toBeGreaterThan(0.7);
  });

  it("has no drums in steady noise", () => {
    const late = framesOf(whiteNoise(0.5, 6)).slice(120);
    expect(timesOf(late, "kick").length).toBeLessThan(3);
    expect(timesOf(late, "onset").length).toBeLessThan(6);
  });

  it("bounds the flux and lets it point to the onsets", () => {
    const at = (seconds: number): number => Math.max(...frames.slice(Math.round(seconds * 60), Math.round(seconds * 60) + 4).map((f) => f.flux));
    expect(at(4)).toBeGreaterThan(0.5);
    expect(frames[Math.round(4.2 * 60)]?.flux).toBeLessThan(0.2);
  });

  it("places the onsets of a recording within 20 ms", () => {
    const { onsets } = analyzeSamples(samples, 44_100, { enableBpm: false, enableStructure: false, enablePitch: false });
    const events = [...kicks, ...snares, ...hats].toSorted((a, b) => a - b);
    const hits = events.filter((event) => onsets.some((time) => Math.abs(time - event) <= 0.02));
    expect(hits.length / events.length).toBeGreaterThan(0.95);
    expect(onsets.length).toBeLessThan(events.length * 1.2);
  });

  it("reports a melody over a breakdown without drums as onsets, not as kicks", () => {
    const track = createDemoTrack(44_100);
    const music = new Float32Array(44_100 * 12);
    track.render(music, Math.round(13 * 1.875 * 44_100));
    const melody = framesOf(music);
    expect(timesOf(melody, "onset").length).toBeGreaterThan(12 / 0.47);
    expect(timesOf(melody, "kick").length).toBeLessThan(4);
  });
});

describe("createPeakPicker", () => {
  const config = { hopSeconds: 0.01, overMean: 1.5, threshold: 0.2, gapSeconds: 0.05, memorySeconds: 1, leastPeak: 0.1 };
  const picked = (values: readonly number[], eligible: (i: number) => boolean = () => true): number[] => {
    const picker = createPeakPicker(config);
    return values.flatMap((value, i) => (picker.push(value, eligible(i)) > 0 ? [i - 1] : []));
  };

  it("finds a peak one step after it, but not a second one within the gap", () => {
    expect(picked([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0.9, 0, 0])).toEqual([2, 10]);
  });

  it("ignores values that are not eligible, and those below the least peak's share", () => {
    expect(picked([0, 0, 1, 0, 0], () => false)).toEqual([]);
    expect(picked([0, 0, 0.015, 0, 0])).toEqual([]);
  });

  it("sees a small peak again once a large one is forgotten", () => {
    const quiet = Array.from({ length: 400 }, () => 0);
    expect(picked([0, 1, 0, ...quiet.slice(0, 10), 0.15, 0])).toEqual([1]);
    expect(picked([0, 1, 0, ...quiet, 0.15, 0])).toEqual([1, 403]);
  });
});
