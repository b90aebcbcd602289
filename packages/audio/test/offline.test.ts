import { describe, expect, it } from "vitest";
import { createDemoTrack } from "../src/demo/demo-track.ts";
import { analyzeSamples, createOfflineAnalyzer } from "../src/offline.ts";
import { createTempoSummary } from "../src/tempo-summary.ts";
import { concat, sine, whiteNoise } from "./signals.ts";

const rate = 22_050;

/** A sine of falling pitch and level, 0.3 s. */
function kick(): Float32Array {
  const length = Math.round(rate * 0.3);
  return Float32Array.from({ length }, (_, i) => 0.8 * Math.exp((-8 * i) / length) * Math.sin(2 * Math.PI * (50 * i / rate + 4 * (1 - Math.exp(-30 * i / rate)))));
}

function mix(...sounds: readonly [Float32Array, ...Float32Array[]]): Float32Array {
  return sounds[0].map((_, i) => sounds.reduce((sum, sound) => sum + (sound[i] ?? 0), 0));
}

it("a pause of two seconds belongs to its section, a longer one is silence", () => {
  const tone = sine(220, 0.3, 2, rate);
  const pause = (seconds: number): Float32Array => new Float32Array(rate * seconds);
  const sections = (seconds: number): string[] => analyzeSamples(concat(tone, pause(seconds), tone, pause(seconds), tone), rate).sections.map(([, name]) => name);
  expect(sections(2)).not.toContain("silence");
  expect(sections(4)).toEqual(["intro", "silence", "intro", "silence", "intro"]);
});

describe("a whole recording", () => {
  const track = createDemoTrack(rate);
  const music = new Float32Array(rate * 12);
  // Starts in the groove, because the intro has few drums.
  track.render(music, Math.round(rate * 7.5));
  const alone = analyzeSamples(music, rate);

  it.each([
    ["silence", new Float32Array(rate * 10)],
    ["hiss at -60 dBFS", whiteNoise(0.001, 30, rate)],
    ["hiss at -75 dBFS", whiteNoise(0.0002, 30, rate)],
  ])("has the tempo of its music, though it ends in %s", (_, end) => {
    const { bpm, duration, metre } = analyzeSamples(concat(music, end), rate);
    expect(Math.abs(bpm - 128)).toBeLessThan(1);
    expect(bpm).toBeCloseTo(alone.bpm, 0);
    expect(metre).toBe(4);
    expect(duration).toBeCloseTo(12 + end.length / rate, 6);
  });

  it.each([
    ["silence", new Float32Array(rate * 10)],
    ["noise", whiteNoise(0.1, 20, rate)],
    ["a tone", sine(440, 0.3, 20, rate)],
    ["mains hum", mix(sine(50, 0.2, 20, rate), sine(150, 0.05, 20, rate), sine(250, 0.03, 20, rate))],
    ["a single kick", concat(new Float32Array(rate * 2), kick(), new Float32Array(rate * 18))],
    ["nothing", new Float32Array(0)],
  ])("without music has no tempo: %s", (_, sound) => {
    expect(analyzeSamples(sound, rate)).toMatchObject({ bpm: 0, metre: 0, beats: [], duration: sound.length / rate });
  });

  it("is the same at once and piece by piece; its downbeats are beats", () => {
    const analyzer = createOfflineAnalyzer(rate);
    for (let at = 0; at < music.length; at += 1000) analyzer.push(music.subarray(at, at + 1000));
    expect(analyzer.end()).toEqual(alone);
    expect(alone.downbeats.length).toBeGreaterThan(3);
    expect(alone.beats).toEqual(expect.arrayContaining(alone.downbeats));
  });
});

describe("createTempoSummary", () => {
  it("gives the tempo with the most confidence and time, through its drift", () => {
    const summary = createTempoSummary();
    for (let i = 0; i < 60; i += 1) summary.take(120 + i / 30, 0.8, 0.5);
    for (let i = 0; i < 60; i += 1) summary.take(90, 0.3, 0.5);
    expect(summary.bpm).toBeCloseTo(121, 0);
  });

  it("ignores a tempo without confidence, or one that lasts a moment", () => {
    const summary = createTempoSummary();
    for (let i = 0; i < 1000; i += 1) summary.take(125, 0, 0.5);
    summary.take(100, 0.9, 0.5);
    expect(summary.bpm).toBe(0);
    summary.take(100, 0.9, 0.5);
    expect(summary.bpm).toBeCloseTo(100, 0);
  });
});
