import { expect, it } from "vitest";
import { confidenceOf, resultOf, summarize } from "../src/analysis/report.ts";
import { analysis } from "./fixtures/analysis.ts";

it("a recording in words: tempo, bars, phrases, drops with their times, sections in order", () => {
  expect(summarize(analysis)).toEqual(["0:30, 120.0 BPM, 4 beats a bar, 60 beats, 15 bars, 2 phrases, 1 build-up, 1 drop (0:16)", "intro 0:00, build 0:12, drop 0:16"]);
});

it("long lists are shortened, and times have hours", () => {
  const many = Array.from({ length: 40 }, (_, k) => 600 * k);
  const [facts, sections] = summarize({ ...analysis, duration: 24_000.9, drops: many, sections: many.map((time, k) => [time, k % 2 === 0 ? "groove" : "break"]) });
  expect(facts).toMatch(/^6:40:00, .*, 40 drops \(0:00, 10:00, .*, 1:00:00, .* … and 28 more\)$/);
  expect(sections).toMatch(/^groove 0:00, break 10:00, .*break 1:50:00 … and 28 more$/);
});

it("beats without a sure tempo do not contradict the tempo", () => {
  expect(summarize({ ...analysis, bpm: 0, metre: 0, drops: [], sections: [] })).toEqual(["0:30, no sure tempo (60 unsure beats), 1 build-up, 0 drops"]);
  expect(summarize({ ...analysis, bpm: 0, metre: 0, beats: [], drops: [], sections: [] })[0]).toContain("no tempo found");
});

it("a tempo that moves has its ends, an even one and moments of doubt have none", () => {
  const curves = { step: 0.25, level: [], bass: [], bpm: Array.from({ length: 100 }, (_, k) => 110 + k / 4), confidence: Array.from({ length: 100 }, () => 0.9) };
  const [facts] = summarize({ ...analysis, curves });
  expect(facts).toContain("120.0 BPM (between 113 and 133), 4 beats");
  const doubt = { ...curves, bpm: curves.bpm.map((bpm, k) => (k < 50 ? 120 : bpm)), confidence: curves.confidence.map((value, k) => (k < 50 ? value : 0.2)) };
  expect(summarize({ ...analysis, curves: doubt })[0]).toContain("120.0 BPM, 4 beats");
});

it("the confidence is that of the times at which a tempo was reported", () => {
  const curves = { step: 0.25, level: [], bass: [], bpm: [0, 120, 121, 0], confidence: [0.9, 0.5, 0.75, 0.9] };
  expect(confidenceOf({ curves })).toBe(0.625);
  expect(confidenceOf({ curves: { ...curves, bpm: [0, 0, 0, 0] } })).toBe(0);
  expect(resultOf("a.wav", { ...analysis, curves })).toMatchObject({ file: "a.wav", bpm: 120, confidence: 0.625, tempo_track: [[2, 120]] });
});
