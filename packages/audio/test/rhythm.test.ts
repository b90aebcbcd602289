import { describe, expect, it } from "vitest";
import { createRhythm } from "../src/rhythm/rhythm.ts";
import { sectionNames } from "../src/structure/sections.ts";
import { add, clicks, drumLoop, house, joined, pad, whiteNoise } from "./rhythm-clips.ts";
import { hitRate, run } from "./rhythm-run.ts";

/** Analyzed once: several tests look at it. */
const plainHouse = run(house(16));

describe("createRhythm: tempo and beat", () => {
  it("sends a beat in the frame nearest to each click", () => {
    const { beats, end } = run(clicks({ sampleRate: 44_100, bpm: 120, seconds: 16 }));
    expect(end.bpm).toBeGreaterThan(117);
    expect(end.bpm).toBeLessThan(123);
    const late = beats.filter((t) => t > 6);
    expect(late.length).toBeGreaterThanOrEqual(19);
    for (const t of late) expect(Math.abs(t * 2 - Math.round(t * 2)) / 2).toBeLessThan(0.03);
  });

  it("reads 128 with eighth-note hats as 128, neither 64 nor 180 nor 256", () => {
    const { beats, end } = plainHouse;
    expect(end.bpm).toBeCloseTo(128, -0.5);
    expect(hitRate(beats, { bpm: 128, from: 5, to: 15.9 })).toBeGreaterThan(0.95);
  });

  it("keeps the beat under a 3+3+2 pattern", () => {
    const loop = { bpm: 120, seconds: 18, kick: "x.....x.....x...", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." };
    const { beats, end } = run(drumLoop(loop));
    expect(end.bpm).toBeCloseTo(120, -0.5);
    expect(hitRate(beats, { bpm: 120, from: 6, to: 17.9 })).toBeGreaterThan(0.9);
  });

  it.each([90, 100, 110, 140, 174])("locks again within 4.2 s of a hard cut from 128 to %i", (tempo) => {
    const cut = 14;
    const before = house(cut);
    const other = { bpm: tempo, seconds: 12, kick: "x.......x.x.....", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." };
    const { beats, states } = run(joined(before, drumLoop(other)));
    for (const { bpm } of states.slice((cut + 4.2) * 60)) expect(Math.abs(bpm / tempo - 1)).toBeLessThan(0.04);
    expect(hitRate(beats, { bpm: tempo, from: cut + 4.2, to: cut + 11.9, origin: cut })).toBeGreaterThan(0.9);
  });

  it("runs on at its pace through eight bars in which only the chords of the music go on", () => {
    const music = pad(29).map((sample) => sample / 2);
    add(music, house(14), 0);
    const { beats } = run(music);
    expect(hitRate(beats, { bpm: 128, from: 14, to: 28.9 })).toBeGreaterThan(0.95);
  });

  it.each([
    ["one and three and a half", "x.........x.....", 90],
    ["one and three and a half", "x.........x.....", 125],
    ["one, one and a half, three and a half", "x.x.......x.....", 110],
  ] as const)("counts the bar from the kick that begins it: on %s (%s), at %i BPM", (_, kick, bpm) => {
    const { states } = run(drumLoop({ bpm, seconds: 24, kick, snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." }));
    const bar = (60 / bpm) * 4;
    const late = states.slice(20 * 60).map((state, k) => ({ state, place: ((20 + (k + 1) / 60) / bar) % 1 }));
    const agreed = late.filter(({ state, place }) => Math.abs(state.barPhase - place) < 0.06 || Math.abs(state.barPhase - place) > 0.94);
    expect(agreed.length / late.length).toBeGreaterThan(0.9);
  });

  it.each([90, 110, 128, 140, 174])("begins the bar of a loop of half a bar with one of its two kicks, and stays with it, at %i BPM", (bpm) => {
    const { states } = run(drumLoop({ bpm, seconds: 24, kick: "x.......x.......", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." }));
    const half = (60 / bpm) * 2;
    const late = states.slice(12 * 60).map((state, k) => 2 * state.barPhase - (12 + (k + 1) / 60) / half);
    const near = (value: number): number => Math.abs(value - Math.round(value));
    expect(late.filter((off) => near(off) < 0.12).length / late.length).toBeGreaterThan(0.95);
    const [first = NaN] = late;
    expect(late.filter((off) => near((off - first) / 2) < 0.12).length / late.length).toBeGreaterThan(0.95);
  });

  it("keeps phase within 0..1 and in step with the beats that go out", () => {
    const { beats, states } = plainHouse;
    for (const { phase, barPhase, beatInBar } of states) {
      expect(phase).toBeGreaterThanOrEqual(0);
      expect(phase).toBeLessThan(1);
      expect(Math.floor(barPhase * 4) + 1).toBe(beatInBar);
    }
    for (const t of beats.filter((time) => time > 6)) {
      const { phase } = states[Math.round(t * 60) - 1] ?? { phase: 0.5 };
      expect(Math.min(phase, 1 - phase)).toBeLessThan(0.06);
    }
  });
});

describe("createRhythm: confidence", () => {
  it("is high in music, low in noise", () => {
    const music = plainHouse.end.confidence;
    const { beats, end } = run(whiteNoise(16, 0.2));
    expect(music).toBeGreaterThan(0.8);
    expect(end.confidence).toBeLessThan(0.2);
    expect(beats.length).toBeLessThan(5);
  });

  it("is lower where little tells a tempo from its half: kick and snare alone, so slow that they are read as double", () => {
    const loop = { bpm: 50, seconds: 30, kick: "k.....k...k.....", snare: "........s......." };
    const [alone, hats] = ["", "hhhhhhhhhhhhhhhh"].map((hat) => run(drumLoop({ ...loop, hat })).end);
    expect(alone?.bpm).toBeCloseTo(100, 0);
    expect(hats?.confidence).toBeGreaterThan(0.9);
    expect(alone?.confidence).toBeLessThan((hats?.confidence ?? NaN) - 0.03);
  });

  it("falls when noise covers the music", () => {
    const clear = house(16);
    const hiss = whiteNoise(16, 1);
    const covered = clear.map((s, i) => 0.1 * s + (hiss[i] ?? 0));
    expect(run(covered).end.confidence).toBeLessThan(plainHouse.end.confidence - 0.2);
  });
});

describe("createRhythm: silence and odd input", () => {
  it("reports nothing in silence", () => {
    const { beats, end } = run(new Float32Array(44_100 * 6));
    expect(beats).toEqual([]);
    expect(end).toMatchObject({ bpm: 0, confidence: 0, drop: 0, buildup: 0 });
  });

  it("runs on through a short gap, falls silent in a long one, and comes back within 4 s", () => {
    const { beats } = run(joined(house(10), new Float32Array(44_100 * 8), house(10)));
    expect(beats.filter((t) => t > 10.2 && t < 12).length).toBeGreaterThan(2);
    expect(beats.filter((t) => t > 14 && t < 18)).toEqual([]);
    expect(hitRate(beats, { bpm: 128, from: 22, to: 27.9, origin: 18 })).toBeGreaterThan(0.9);
  });

  it("treats values that are not finite as silence, and is not misled by an offset or by clipping", () => {
    const odd = house(14).map((s, i) => (i % 9973 === 0 ? Number.NaN : i % 7919 === 0 ? Infinity : Math.max(-0.2, Math.min(0.2, s)) + 0.5));
    const { beats, states } = run(odd);
    expect(hitRate(beats, { bpm: 128, from: 5, to: 13.9 })).toBeGreaterThan(0.9);
    expect(states.every(({ tempoBy, section, ...numbers }) => tempoBy === "analysis" && sectionNames.includes(section) && Object.values(numbers).every(Number.isFinite))).toBe(true);
  });

  it.each([8000, 22_050, 48_000, 96_000])("tracks at %i Hz", (sampleRate) => {
    const loop = { sampleRate, bpm: 124, seconds: 14, kick: "x...x...x...x...", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." };
    const { beats } = run(drumLoop(loop), sampleRate);
    expect(hitRate(beats, { bpm: 124, from: 5, to: 13.9 })).toBeGreaterThan(0.9);
  });

  it("gives the same result for quiet music as for loud", () => {
    const { beats } = run(house(14).map((s) => s * 0.004));
    expect(hitRate(beats, { bpm: 128, from: 5, to: 13.9 })).toBeGreaterThan(0.9);
  });

  it("does not depend on the size of the blocks", () => {
    const samples = house(8);
    const [small, large] = [createRhythm({ sampleRate: 44_100 }), createRhythm({ sampleRate: 44_100 })];
    for (let at = 0; at < samples.length; at += 63) small.push(samples, at, Math.min(samples.length, at + 63));
    large.push(samples, 0, samples.length);
    expect(small.state).toEqual(large.state);
  });

  it("starts again after reset", () => {
    const rhythm = createRhythm({ sampleRate: 44_100 });
    run(house(9, 141), 44_100, rhythm);
    rhythm.reset();
    expect(run(house(9), 44_100, rhythm)).toEqual(run(house(9)));
  });
});
