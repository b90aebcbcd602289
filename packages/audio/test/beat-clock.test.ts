import { describe, expect, it } from "vitest";
import { createBeatClock } from "../src/beat-out/beat-clock.ts";
import { createDemoTrack } from "../src/demo/demo-track.ts";
import { framesOf } from "./run.ts";

const frameSeconds = 1 / 60;

describe("createBeatClock", () => {
  it("runs evenly although the tracker moves in steps, and restarts with the beat", () => {
    const clock = createBeatClock();
    const steps: number[] = [];
    const onBeats: number[] = [];
    let before = 0;
    for (let k = 1; k <= 600; k += 1) {
      const exact = k / 30;
      const stepped = Math.floor(exact * 50) / 50;
      const state = { pace: 120, phase: stepped % 1, beatInBar: (Math.floor(exact) % 4) + 1, metre: 4, beat: k % 30 === 0 };
      clock.update(state, frameSeconds);
      if (k % 30 === 0) onBeats.push(clock.phase);
      else if (k > 60) steps.push(clock.phase - before);
      before = clock.phase;
    }
    expect(Math.max(...onBeats)).toBeLessThan(0.02);
    expect(Math.min(...steps)).toBeGreaterThan(0.02);
    expect(Math.max(...steps)).toBeLessThan(0.045);
  });

  it("waits for a late beat, but not for one that is left out", () => {
    const clock = createBeatClock();
    const state = { pace: 60, phase: 0, beatInBar: 2, metre: 4, beat: false };
    for (let k = 0; k < 60; k += 1) clock.update({ ...state, phase: k / 60 }, frameSeconds);
    expect(clock.phase).toBeGreaterThan(0.9);
    for (let k = 0; k < 120; k += 1) clock.update({ ...state, phase: 0.05 }, frameSeconds);
    expect(clock.phase).toBe(0.999);
    expect(clock.barPhase).toBeCloseTo(1.999 / 4, 9);
    for (let k = 0; k < 30; k += 1) clock.update({ ...state, phase: 0.4 }, frameSeconds);
    expect(clock.phase).toBeGreaterThan(0.2);
    expect(clock.phase).toBeLessThan(0.6);
  });

  it("begins where the tracker is, so that it restarts with the first beat, and waits where it is ahead", () => {
    const clock = createBeatClock();
    const state = { pace: 120, phase: 0, beatInBar: 1, metre: 4, beat: false };
    clock.update({ ...state, phase: 0.9 }, frameSeconds);
    expect(clock.phase).toBeCloseTo(0.9, 2);
    clock.update({ ...state, phase: 0, beat: true }, frameSeconds);
    expect(clock.phase).toBeLessThan(0.05);
    for (let k = 0; k < 18; k += 1) clock.update({ ...state, phase: k / 30 }, frameSeconds);
    const phases = Array.from({ length: 20 }, (_, k) => {
      clock.update({ ...state, phase: 0.2 + k / 30 }, frameSeconds);
      return clock.phase;
    });
    expect(phases).toEqual(phases.toSorted((a, b) => a - b));
    expect(phases.at(-1)).toBeCloseTo(0.2 + 20 / 30, 1);
  });

  it("rests without a tempo", () => {
    const clock = createBeatClock();
    clock.update({ pace: 120, phase: 0.5, beatInBar: 3, metre: 4, beat: false }, frameSeconds);
    clock.update({ pace: 0, phase: 0.5, beatInBar: 3, metre: 4, beat: false }, frameSeconds);
    expect([clock.phase, clock.barPhase]).toEqual([0, 0]);
  });

  it("is at 0 in the frame of each beat of real output, and never runs backwards between beats", () => {
    const track = createDemoTrack(22_050);
    const music = new Float32Array(22_050 * 20);
    track.render(music, 0);
    const frames = framesOf(music, { sampleRate: 22_050, enableBpm: true }).filter((frame) => frame.time > 8);
    const beats = frames.filter((frame) => frame.beat === 1);
    expect(beats.length).toBeGreaterThan(20);
    for (const { phase, barPhase, beatInBar } of beats) {
      expect(phase).toBeLessThan(0.06);
      expect(barPhase * 4 + 1).toBeCloseTo(beatInBar, 0);
    }
    const backwards = frames.filter((frame, i) => {
      const before = frames[i - 1];
      return before !== undefined && frame.beat === 0 && frame.phase < before.phase;
    });
    expect(backwards.length).toBeLessThan(frames.length / 100);
  });
});
