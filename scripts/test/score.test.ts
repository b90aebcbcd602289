import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { beatsIn } from "../score/aubio.mjs";
import { matches, mean, measureBeats, median } from "../score/beat-measures.mjs";
import { readTruth } from "../score/files.mjs";
import { formLine, measureForm } from "../score/form-measures.mjs";
import { measureOnsets, onsetLine } from "../score/onset-measures.mjs";

const every = (period: number, offset = 0): number[] => Array.from({ length: Math.floor(30 / period) }, (_, k) => offset + k * period);
const truth = { duration: 30, beats: every(0.5), drops: [16], ignore: [], bpm: 120 };
const analysis = { beats: every(0.5), drops: [16.4, 25], bpm: 120 };
const nothing = { beats: [], drops: [], bpm: 0 };

describe("the measures of a clip", () => {
  it("are 1 for a correct tracker, and count drops within a second", () => {
    expect(measureBeats(truth, analysis)).toEqual({ F: 1, CMLt: 1, AMLt: 1, Acc1: 1, Acc2: 1, bias: 0, dropHits: 1, drops: 1, dropsFound: 2 });
  });

  it("allow 70 ms, and report the delay", () => {
    expect(measureBeats(truth, { ...analysis, beats: every(0.5, 0.06) })).toMatchObject({ F: 1, bias: expect.closeTo(60, 6) });
    expect(measureBeats(truth, { ...analysis, beats: every(0.5, 0.08) })).toMatchObject({ F: 0, bias: null });
  });

  it("accept another metrical level where the measure does", () => {
    const double = measureBeats(truth, { ...analysis, beats: every(0.25), bpm: 240 });
    expect(double.CMLt).toBeLessThan(0.1);
    expect(double.AMLt).toBeGreaterThan(0.95);
    expect(double).toMatchObject({ Acc1: 0, Acc2: 1, F: expect.closeTo(2 / 3, 2) });
    expect(measureBeats(truth, { ...analysis, beats: every(0.5, 0.25) })).toMatchObject({ F: 0, CMLt: 0, AMLt: expect.closeTo(1, 1) });
  });

  it("leave out the first five seconds, ignored spans, and the tempo of a clip that has none", () => {
    const late = analysis.beats.filter((t) => t >= 5);
    expect(measureBeats(truth, { ...analysis, beats: late }).F).toBe(1);
    const gap = analysis.beats.filter((t) => t < 10 || t >= 20);
    expect(measureBeats({ ...truth, ignore: [[10, 20]] }, { ...analysis, beats: gap }).F).toBe(1);
    expect(measureBeats({ ...truth, tempo_varies: true }, analysis)).toMatchObject({ Acc1: null, Acc2: null });
    expect(measureBeats(truth, nothing)).toMatchObject({ F: 0, CMLt: 0, AMLt: 0, bias: null });
  });
});

it("each time is matched once", () => {
  expect(matches([1, 2], [1.01, 1.02, 1.99], 0.05)).toEqual([{ reference: 1, estimate: 1.01 }, { reference: 2, estimate: 1.99 }]);
  expect([median([3, 1, 2]), median([1, 2]), mean([1, 2])]).toEqual([2, 1.5, 1.5]);
});

it("the output of aubiotrack is read as beats, and their tempo", () => {
  expect(beatsIn("0.500000\n1.000000\n\nwarning: x\n1.500000\n")).toEqual({ beats: [0.5, 1, 1.5], bpm: 120, drops: [] });
  expect(beatsIn("")).toEqual({ beats: [], bpm: 0, drops: [] });
});

it("a change of section is right within 2 s, and a phrase within one beat", () => {
  const song = { beats: every(0.5), sections: [[0, "intro"], [8, "groove"], [16, "break"]] as const, phrases: [0, 8, 16, 24], duration: 30 };
  const found = measureForm(song, { sections: [[0.4, "intro"], [9.9, "groove"], [12, "drop"], [18.1, "break"], [31, "silence"]], phrases: [0.1, 8.4, 16.6, 24] });
  expect(found).toEqual({ changes: 2, hits: 1, strays: 2, phrases: 3, begun: 2, minutes: 0.5 });
  expect(formLine("songs", [found, found])).toBe("songs: 0.500 of 4 changes of section within 2 s, 4.00 false a minute; 0.667 of 6 phrases begin within one beat");
  expect(formLine("songs", [])).toBeUndefined();
});

it("onsets are right within 50 ms, whatever their order", () => {
  const found = measureOnsets([1, 2, 3, 4, 5], [5.01, 1.01, 2.01, 3.01, 4.06]);
  expect(found).toEqual({ F: 0.8, precision: 0.8, recall: 0.8, bias: expect.closeTo(10, 6) });
  expect(measureOnsets([1, 2], [])).toEqual({ F: 0, precision: 0, recall: 0, bias: null });
  expect(onsetLine("ours", [found, measureOnsets([1, 2], [])])).toBe("onsets within 50 ms, ours, 2 clips: F 0.400, precision 0.400, recall 0.400, bias 10 ms");
});

it("labels need nothing but beats; a fault in them is named with the file and the place", async () => {
  await using dir = tempDir();
  const file = dir.join("a.json");
  writeFileSync(file, '{"beats": [0.5, 1]}');
  expect(readTruth(file, 30)).toMatchObject({ duration: 30, beats: [0.5, 1], drops: [], ignore: [] });
  expect(() => readTruth(file)).toThrow(`${file}: duration is missing`);
  writeFileSync(file, '{"beats": "x"}');
  expect(() => readTruth(file, 30)).toThrow(`${file}: beats: `);
  writeFileSync(file, '{"beats": [');
  expect(() => readTruth(file, 30)).toThrow(`${file}: `);
});

it("a folder that does not exist, and one without labels, are refused", { timeout: 400_000 }, async () => {
  await using dir = tempDir();
  const score = (folder: string): { status: number | null; stderr: string } => spawnSync(process.execPath, [path.resolve(import.meta.dirname, "../score/main.mjs"), folder], { encoding: "utf8" });
  expect(score(dir.join("none"))).toMatchObject({ status: 64, stderr: expect.stringContaining(`${dir.join("none")} does not exist`) });
  mkdirSync(dir.join("dev"));
  expect(score(dir.path)).toMatchObject({ status: 64, stderr: expect.stringContaining("holds no labels") });
});
