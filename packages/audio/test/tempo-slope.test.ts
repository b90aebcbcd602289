import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createTempoSlope } from "../src/beat-out/tempo-slope.ts";
import { drumLoop, joined } from "./rhythm-clips.ts";
import { frameAt, framesOf, lastFrame } from "./run.ts";

/** Takes `beats` beats from `from` on. @returns the time of the next one */
function play(slope: ReturnType<typeof createTempoSlope>, { from, bpm, beats, off = () => 0 }: { from: number; bpm: number; beats: number; off?: (beat: number) => number }): number {
  for (let beat = 0; beat < beats; beat += 1) slope.beat(from + (beat * 60) / bpm + off(beat));
  return from + (beats * 60) / bpm;
}

describe("the tempo by the slope of the last beats", () => {
  it("is there from the fourth beat on", () => {
    const slope = createTempoSlope();
    play(slope, { from: 5, bpm: 100, beats: 3 });
    expect(slope.bpm).toBe(0);
    slope.beat(5 + 3 * 0.6);
    expect(slope.bpm).toBeCloseTo(100, 6);
  });

  it("is within 0.1 % where each beat is up to 8 ms off, after hours too", () => {
    fc.assert(
      fc.property(fc.double({ min: 60, max: 180, noNaN: true }), fc.array(fc.double({ min: -0.008, max: 0.008, noNaN: true }), { minLength: 40, maxLength: 40 }), fc.constantFrom(0, 30_000), (bpm, errors, from) => {
        const slope = createTempoSlope();
        play(slope, { from, bpm, beats: 40, off: (beat) => errors[beat] ?? 0 });
        expect(Math.abs(slope.bpm / bpm - 1)).toBeLessThan(0.001);
      }),
    );
  });

  it("is not moved by one wrong beat, nor by beats that were left out", () => {
    const slope = createTempoSlope();
    const next = play(slope, { from: 0, bpm: 128, beats: 20, off: (beat) => (beat === 12 ? 0.2 : 0) });
    const after = play(slope, { from: next + (3 * 60) / 128, bpm: 128, beats: 5 });
    expect(slope.bpm).toBeCloseTo(128, 6);
    expect(after).toBeGreaterThan(next);
  });

  it.each([0.24, 0.9, 1.4])("is right from the fourth even beat on after one that is %d beats from the next: a key moved the beats", (apart) => {
    const slope = createTempoSlope();
    slope.beat(10);
    for (let beat = 0; beat < 20; beat += 1) {
      slope.beat(10 + ((apart + beat) * 60) / 128);
      const isRight = Math.abs(slope.bpm / 128 - 1) < 1e-6;
      expect(isRight || (beat < 3 && slope.bpm === 0)).toBe(true);
    }
  });

  it.each([
    ["another tempo", 140],
    ["a tempo half as fast again", 180],
    ["double tempo", 240],
    ["half the tempo", 60],
    ["a tempo that is 15 % slower", 102],
  ])("follows %s within six beats", (_, bpm) => {
    const slope = createTempoSlope();
    const next = play(slope, { from: 0, bpm: 120, beats: 32 });
    play(slope, { from: next, bpm, beats: 6 });
    expect(slope.bpm).toBeCloseTo(bpm, 3);
  });

  it.each([[128, 124], [124, 132], [132, 126]])("knows at the third beat after a change from %d to %d BPM", (bpm, other) => {
    const slope = createTempoSlope();
    const next = play(slope, { from: 0, bpm, beats: 32, off: (beat) => (beat % 2 === 0 ? 0.001 : -0.001) });
    play(slope, { from: next, bpm: other, beats: 3 });
    expect(Math.abs(slope.bpm / bpm - 1)).toBeLessThan(0.01);
    slope.beat(next + (3 * 60) / other);
    expect(slope.bpm).toBeCloseTo(other, 6);
  });

  it("keeps the tempo where four beats are uneven", () => {
    const slope = createTempoSlope();
    const next = play(slope, { from: 0, bpm: 120, beats: 32 });
    play(slope, { from: next, bpm: 120, beats: 4, off: (beat) => [0, 0.03, 0.01, 0.04][beat] ?? 0 });
    expect(slope.bpm).toBeGreaterThan(119);
  });

  it("keeps the tempo where the beat moves by half a beat", () => {
    const slope = createTempoSlope();
    const next = play(slope, { from: 0, bpm: 120, beats: 32 });
    play(slope, { from: next + 0.25, bpm: 120, beats: 6 });
    expect(slope.bpm).toBeCloseTo(120, 6);
  });

  it("begins anew after a pause", () => {
    const slope = createTempoSlope();
    const next = play(slope, { from: 0, bpm: 120, beats: 32 });
    play(slope, { from: next + 10.1, bpm: 95, beats: 4 });
    expect(slope.bpm).toBeCloseTo(95, 6);
  });
});

describe("the tempo of a frame", () => {
  it.each([97.7, 133.3, 174])("is within 0.05 percent of %d BPM of drums, where the tracker's own tempo is some times that far off", (bpm) => {
    const drums = drumLoop({ bpm, seconds: 32, kick: "x.......x.x.....", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." });
    const frames = framesOf(drums, { enableBpm: true });
    for (const { tempo } of frames.slice(22 * 60)) expect(Math.abs(tempo / bpm - 1)).toBeLessThan(0.000_55);
    expect(lastFrame(frames).beats).toBe(frames.filter(({ beat }) => beat === 1).length);
  });

  it("is 0 again when the music is over", () => {
    const frames = framesOf(joined(drumLoop({ bpm: 120, seconds: 14, kick: "x...x...x...x...", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." }), new Float32Array(6 * 44_100)), { enableBpm: true });
    expect(frameAt(frames, 12).tempo).toBeCloseTo(120, 0);
    expect(lastFrame(frames).tempo).toBe(0);
  });
});
