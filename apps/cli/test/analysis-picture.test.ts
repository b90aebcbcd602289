import { sectionNames } from "@vj/audio";
import type { Analysis } from "@vj/audio";
import { describe, expect, it } from "vitest";
import { analysisPicture } from "../src/analysis/picture.ts";
import { analysis } from "./fixtures/analysis.ts";

const without: Analysis = { ...analysis, duration: 0, bpm: 0, metre: 0, beats: [], downbeats: [], drops: [], buildups: [], phrases: [], sections: [], bpmTrack: [], curves: { step: 0.25, level: [], bass: [], bpm: [], confidence: [] } };
/** What XML 1.0 does not allow, and what could control a terminal or disguise a name. */
const unwanted = /[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u200b-\u200f\u2028-\u202e\u2060-\u206f]/u;

/** A recording with a bar every two seconds, a section every 30 s and a value four times a second. */
function longer(seconds: number): Analysis {
  const every = (step: number): number[] => Array.from({ length: Math.floor(seconds / step) }, (_, k) => k * step);
  const curve = (value: number): number[] => Array.from({ length: seconds * 4 }, () => value);
  return {
    ...analysis,
    duration: seconds,
    beats: every(0.5),
    downbeats: every(2),
    drops: every(60),
    buildups: every(60).map((time) => [time + 50, time + 60]),
    phrases: every(16),
    sections: every(30).map((time, k) => [time, k % 2 === 0 ? "groove" : "break"]),
    curves: { step: 0.25, level: curve(0.5), bass: curve(0.3), bpm: curve(120), confidence: curve(0.9) },
  };
}

const lines = (svg: string, of: RegExp): number => svg.match(of)?.length ?? 0;
/** Bars, beats and section blocks as the picture has them. */
const bar = /M[\d.]+ 346v36/g;
const beat = /M[\d.]+ 366v16/g;
const blocks = (svg: string): string[] => Array.from(svg.matchAll(/<rect [^>]* y="80" width="([\d.]+)"[^>]*><title>([^<]*)<\/title>/g), ([, width, title]) => `${title} ${width}`);

describe("the picture of an analysis", () => {
  it("shows sections by name, every beat, bar and phrase, drops, and the tempo", () => {
    const svg = analysisPicture("set.flac", analysis);
    for (const text of ["set.flac", "0:30 · 120.0 BPM · 4 beats a bar", ">intro<", ">build<", ">drop<", ">BPM<", ">build-up<", ">start of a phrase<", 'class="small">2<']) expect(svg).toContain(text);
    expect(lines(svg, beat)).toBe(60);
    expect(lines(svg, bar)).toBe(15);
    expect(blocks(svg)).toEqual(["intro 0:00–0:12 589", "build 0:12–0:16 195", "drop 0:16–0:30 687"]);
  });

  it("is well-formed for any title, and for a recording without sound", () => {
    const svg = analysisPicture(`<b>"&'`, without);
    expect(svg).toContain("&lt;b&gt;&quot;&amp;'");
    expect(svg).toContain("no tempo found");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it.each(["\u001b[31mred\u001b[0m", "a\u0001b", "a\u009bb", "a\ufffeb\uffff", "a\ud800b", "\udc00b", "\u202egnp.exe", "a\nb\tc"])("has nothing in it that XML forbids, or that steers a terminal, for the title %j", (title) => {
    expect(unwanted.exec(analysisPicture(title, analysis))).toBeNull();
  });

  it.each(["W", "i", "漢", "name "])("shortens a title of many %j, so that it stays in the picture", (piece) => {
    const svg = analysisPicture(piece.repeat(240), analysis);
    const shown = /class="title">([^<]*)</.exec(svg)?.[1] ?? "";
    // At 20 px to a font size, no letter is wider than 23.
    const widest = { W: 22, i: 7, 漢: 20, "name ": 65 }[piece] ?? 0;
    expect((shown.length / piece.length) * widest).toBeLessThan(1510);
    expect(shown.length).toBeGreaterThan(60);
    expect(shown.endsWith("…")).toBe(true);
  });

  it("shows every section in a colour of its own, with a key of those that occur", () => {
    const sections = sectionNames.map((name, k): [number, typeof name] => [4 * k, name]);
    const svg = analysisPicture("set.flac", { ...analysis, sections });
    const colours = Array.from(svg.matchAll(/<rect [^>]*y="577"[^>]*fill="([^"]*)"/g), ([, colour]) => colour);
    expect(new Set(colours).size).toBe(sectionNames.length);
    for (const name of sectionNames) expect(svg).toContain(`class="faint">${name}<`);
    expect(analysisPicture("set.flac", analysis)).not.toContain(`class="faint">outro<`);
  });

  it("draws no section of no length, and no name that is wider than its block", () => {
    const svg = analysisPicture("set.flac", { ...analysis, sections: [[0, "intro"], [10, "break"], [10, "groove"], [15, "build"], [15.5, "drop"], [30, "outro"]] });
    expect(blocks(svg).map((text) => text.split(" ")[0])).toEqual(["intro", "groove", "build", "drop"]);
    expect(lines(svg, /class="name"/g)).toBe(3);
  });

  it("reaches both edges with its curves, also when a recording has few values", () => {
    const curves = { step: 0.25, level: [0.2, 0.9, 0.4], bass: [0.1, 0.5, 0.2], bpm: [0, 0, 0], confidence: [0, 0, 0] };
    const svg = analysisPicture("hit.wav", { ...without, duration: 0.75, curves });
    const [level = ""] = /<path d="[^"]*" fill="#4d9bd6"\/>/.exec(svg) ?? [];
    expect(level).toMatch(/d="M90 .*Q.*L1564 .*L1564 .*L90 .*Z"/);
  });

  it("keeps bars apart: of many it shows every eighth, of more still fewer, and beats only where there is room", () => {
    const some = analysisPicture("song.wav", longer(240));
    expect([lines(some, bar), lines(some, beat)]).toEqual([120, 480]);
    const many = analysisPicture("set.wav", longer(1200));
    expect([lines(many, bar), lines(many, beat)]).toEqual([75, 0]);
    expect(many).toContain(">every 8 bars<");
    expect(lines(analysisPicture("night.wav", longer(8 * 3600)), bar)).toBeLessThan(400);
  });

  it("is drawn for a whole day, in a file of a limited size", { timeout: 60_000 }, () => {
    const day = analysisPicture("day.wav", longer(24 * 3600));
    expect(day.length).toBeLessThan(250_000);
    expect(day).toContain(">24:00:00<");
    expect(day).not.toMatch(/NaN|Infinity|undefined/);
  });
});
