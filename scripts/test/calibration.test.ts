import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { calibrate, createStatedReport, octaveChanges, statements } from "../score/calibration.mjs";
import { readSong } from "../score/songs.mjs";

const folder = mkdtempSync(join(tmpdir(), "vj-calibration-"));
afterAll(() => rmSync(folder, { recursive: true }));

const labelled = Array.from({ length: 38 }, (_, k) => (k + 1) / 2);
/** Spans of a quarter second. */
const curve = (value: (time: number) => number): number[] => Array.from({ length: 80 }, (_, k) => value((k + 0.5) / 4));
const analysis = {
  duration: 20,
  beats: labelled.map((time) => (time < 10 ? time : time + 0.2)),
  bpmTrack: [[0, 120]] as [number, number][],
  curves: { step: 0.25, level: [], bass: [], bpm: curve((time) => (time < 5 ? 60 : 120)), confidence: curve((time) => (time < 10 ? 0.95 : 0.25)) },
};

it("compares the confidence beside each beat with whether the beat and the tempo are right", () => {
  const list = statements({ beats: labelled, ignore: [[18, 20]] }, analysis);
  expect(list).toHaveLength(35);
  expect(list.filter(({ onBeat }) => onBeat)).toHaveLength(19);
  expect(list.filter(({ tempo }) => !tempo).length).toBeGreaterThan(8);
  expect(list[3]).toEqual({ stated: 0.95, onBeat: true, tempo: false });
  expect(list[30]).toEqual({ stated: 0.25, onBeat: false, tempo: true });
});

it("has the error of its definition: the mean distance over all beats", () => {
  const list = statements({ beats: labelled, ignore: [] }, analysis);
  const { bins, error } = calibrate(list, "onBeat");
  expect(bins).toEqual([{ from: 0.2, beats: 19, stated: expect.closeTo(0.25, 9), right: 0 }, { from: 0.9, beats: 19, stated: expect.closeTo(0.95, 9), right: 1 }]);
  expect(error).toBeCloseTo((0.25 + 0.05) / 2, 9);
});

it("beats where no music is labelled are wrong", () => {
  expect(statements({ beats: [], ignore: [] }, analysis).every(({ onBeat, tempo }) => !onBeat && !tempo)).toBe(true);
});

it("counts changes of the octave, not drift, other tempi, or a tempo that ends", () => {
  expect(octaveChanges([[0, 80], [1, 160], [2, 163], [3, 80], [4, 120], [5, 121], [6, 0], [7, 60.5], [8, 180]])).toBe(3);
});

it("prints error, changes of the octave a minute, and a table by tenths", () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  const report = createStatedReport("set");
  report.add({ duration: 20, beats: labelled, drops: [], ignore: [] }, { ...analysis, bpmTrack: [[0, 120], [5, 60]] });
  report.print(true);
  log.mockRestore();
  expect(lines[0]).toContain("error 0.150 (beat");
  expect(lines[1]).toContain("3.00 times a minute (1 in 0 minutes)");
  expect(lines[3]).toMatch(/^0\.2 to 0\.3 +19 +0\.25 +0\.00/);
});

it("reads a generated song with its labels", () => {
  const path = join(folder, "0000");
  writeFileSync(`${path}.pcm`, new Int16Array(44_100));
  writeFileSync(`${path}.json`, JSON.stringify({ beats: [0, 0.5, 1, 1.5, 2], downs: [0, 2], style: "house" }));
  expect(readSong(path).truth).toMatchObject({ duration: 1, beats: [0, 0.5, 1, 1.5, 2], downbeats: [0, 2], bpm: 120 });
});

it.each([["a file that does not exist", join(folder, "none.js"), "none.js"], ["nothing", "", "VJ_NETS names no network"]])("score-nets takes the networks it is given: %s is an error", (_, nets, problem) => {
  const script = join(import.meta.dirname, "../train-beats/replay/score-nets.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, join(folder, "out.json"), folder], { env: { ...process.env, VJ_NETS: nets }, encoding: "utf8" });
  expect(status).not.toBe(0);
  expect(stderr).toContain(problem);
});
