import { describe, expect, it } from "vitest";
import { createRhythm } from "../src/rhythm/rhythm.ts";
import { beatsOf } from "./rhythm-run.ts";
import { clicks } from "./rhythm-clips.ts";

const sampleRate = 44_100;

describe("createRhythm", () => {
  it("puts a beat out in the frame nearest to each click", () => {
    const { beats, bpm } = beatsOf(createRhythm({ sampleRate }), clicks({ sampleRate, bpm: 120, seconds: 12 }), sampleRate);
    const late = beats.filter((t) => t > 5);
    expect(bpm).toBeCloseTo(120, -0.5);
    expect(late.length).toBeGreaterThanOrEqual(13);
    for (const t of late) expect(Math.abs(t * 2 - Math.round(t * 2)) / 2).toBeLessThan(0.025);
  });

  it("says nothing in silence", () => {
    const { beats, bpm } = beatsOf(createRhythm({ sampleRate }), new Float32Array(sampleRate * 6), sampleRate);
    expect(beats).toEqual([]);
    expect(bpm).toBe(0);
  });
});
