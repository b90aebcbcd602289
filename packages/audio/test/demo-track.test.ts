import { describe, expect, it } from "vitest";
import { createDemoTrack } from "../src/demo/demo-track.ts";
import { noise } from "../src/demo/demo-voices.ts";
import { analyzeSamples } from "../src/offline.ts";
import { framesOf } from "./run.ts";

describe("createDemoTrack", () => {
  const track = createDemoTrack(44_100);

  it("is 75 s of 128 BPM with a grid that begins at 0", () => {
    expect(track.lengthSamples).toBe(75 * 44_100);
    expect(track.beats).toHaveLength(160);
    expect(track.beats[4]).toBeCloseTo(1.875, 9);
    expect(track.sections.map(({ fromBar }) => fromBar)).toEqual([0, ...track.sections.slice(0, -1).map(({ toBar }) => toBar)]);
  });

  it("gives the same samples whatever the block, and loops", () => {
    for (const start of [0, 700_000, 1_800_000, track.lengthSamples - 500]) {
      const whole = new Float32Array(1000);
      track.render(whole, start);
      const parts = new Float32Array(1000);
      for (let at = 0; at < 1000; at += 250) track.render(parts.subarray(at, at + 250), start + at);
      expect(parts).toEqual(whole);
      const nextPass = new Float32Array(1000);
      createDemoTrack(44_100).render(nextPass, start + track.lengthSamples);
      expect(nextPass).toEqual(whole);
    }
  });

  it("uses the range without clipping much, and no sample is broken", () => {
    const block = new Float32Array(track.lengthSamples);
    track.render(block, 0);
    expect(block.every((sample) => Math.abs(sample) <= 1)).toBe(true);
    expect(block.filter((sample) => Math.abs(sample) > 0.5).length).toBeGreaterThan(1000);
    expect(block.filter((sample) => Math.abs(sample) === 1).length).toBeLessThan(100);
  });

  it("refuses a rate of 0", () => {
    expect(() => createDemoTrack(0)).toThrow("sampleRate is 0");
  });
});

describe("noise", () => {
  it("is evenly distributed, without offset and never the same", () => {
    const values = Array.from({ length: 10_000 }, (_, i) => noise(i));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 10_000)).toBeLessThan(0.02);
    expect(new Set(values).size).toBeGreaterThan(9990);
  });
});

describe("analyzeSamples", () => {
  const track = createDemoTrack(22_050);
  const music = new Float32Array(track.lengthSamples);
  track.render(music, 0);
  const analysis = analyzeSamples(music, 22_050, { enablePitch: false });

  it("dates the sections of the demo track within half a second, a riser within three, and counts its phrases", () => {
    const written: Readonly<Record<string, string>> = { breakdown: "break", buildup: "build" };
    const named = analysis.sections;
    expect(named.map(([, name]) => name)).toEqual(track.sections.map(({ name }) => written[name] ?? name));
    track.sections.forEach(({ fromBar, name }, k) => {
      const late = (named[k]?.[0] ?? NaN) - fromBar * 1.875;
      expect(late, name).toBeGreaterThan(-0.5);
      expect(late, name).toBeLessThan(name === "buildup" ? 3 : 0.5);
    });
    for (const [k, bar] of [12, 20, 28, 36].entries()) expect(Math.abs((analysis.phrases.slice(-4)[k] ?? NaN) - bar * 1.875)).toBeLessThan(0.2);
  });

  it("finds tempo, beats and structure of the demo track", () => {
    expect(analysis.duration).toBe(75);
    expect(analysis.bpm).toBeGreaterThan(126);
    expect(analysis.bpm).toBeLessThan(130);
    const beats = analysis.beats.filter((beat) => beat > 5);
    const onGrid = beats.filter((beat) => track.beats.some((truth) => Math.abs(beat - truth) < 0.07));
    expect(onGrid.length / beats.length).toBeGreaterThan(0.9);
    expect(onGrid.length).toBeGreaterThan(0.85 * track.beats.filter((beat) => beat > 5).length);
    expect(analysis.onsets.length).toBeGreaterThan(300);
  });

  it("reports changes of tempo in order, and the last of them at the end", () => {
    expect(analysis.bpmTrack.length).toBeGreaterThan(0);
    expect(Math.abs((analysis.bpmTrack.at(-1)?.[1] ?? 0) - analysis.bpm)).toBeLessThan(1);
    const times = analysis.bpmTrack.map(([time]) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it("equals the live analyzer's output, to the frame", () => {
    const part = music.subarray(0, 22_050 * 12);
    const live = framesOf(part, { sampleRate: 22_050, enableBpm: true, enableStructure: true }, 333);
    expect(analyzeSamples(part, 22_050).beats).toEqual(live.filter((frame) => frame.beat === 1).map((frame) => frame.time));
  });
});
