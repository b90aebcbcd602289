import type { Analysis } from "@vj/audio";
import { describe, expect, it } from "vitest";
import { analysisPicture } from "../src/analysis-picture.ts";

const beats = Array.from({ length: 60 }, (_, k) => k / 2);
const analysis: Analysis = {
  duration: 30,
  bpm: 120,
  metre: 4,
  beats,
  downbeats: beats.filter((_, k) => k % 4 === 0),
  onsets: [],
  drops: [16],
  buildups: [[12, 16]],
  phrases: [0, 16],
  sections: [
    [0, "intro"],
    [12, "build"],
    [16, "drop"],
  ],
  bpmTrack: [[2, 120]],
  curves: { step: 0.25, level: Array.from({ length: 120 }, () => 0.5), bass: Array.from({ length: 120 }, () => 0.3), bpm: Array.from({ length: 120 }, () => 120), confidence: Array.from({ length: 120 }, () => 0.9) },
};

describe("the picture of an analysis", () => {
  it("shows sections by name, every beat and bar, drops, and the tempo", () => {
    const svg = analysisPicture("set.flac", analysis);
    for (const text of ["set.flac", "0:30, 120.0 BPM, 4 beats a bar", ">intro<", ">build<", ">drop<"]) expect(svg).toContain(text);
    expect(svg.match(/<circle/g)).toHaveLength(120);
    expect(svg.match(/M[\d.]+ 306v24/g)).toHaveLength(60);
    expect(svg.match(/M[\d.]+ 290v40/g)).toHaveLength(15);
  });

  it("is well-formed for any title, and for a recording without sound", () => {
    const svg = analysisPicture(`<b>"&'`, { ...analysis, duration: 0, bpm: 0, metre: 0, beats: [], downbeats: [], drops: [], buildups: [], sections: [], curves: { step: 0.25, level: [], bass: [], bpm: [], confidence: [] } });
    expect(svg).toContain("&lt;b&gt;&quot;&amp;'");
    expect(svg).toContain("no tempo found");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});
