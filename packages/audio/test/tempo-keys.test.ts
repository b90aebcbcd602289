import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../src/analyzer.ts";
import type { TempoControl } from "../src/beat-out/tempo-control.ts";
import { drumLoop, house, joined, pad } from "./rhythm-clips.ts";

const rate = 44_100;
type Press = readonly [at: number, key: (tempo: TempoControl) => unknown];

/** Plays samples, pressing keys at their times. */
function play(samples: Float32Array, ...presses: readonly Press[]) {
  const frames: { time: number; beat: number; beatInBar: number; tempo: number; by: string }[] = [];
  const analyzer = createAnalyzer({ sampleRate: rate, enablePitch: false, enableStructure: false }, ({ time, beat, beatInBar, tempo, tempoBy }) =>
    frames.push({ time, beat, beatInBar, tempo, by: tempoBy }),
  );
  const left = presses.toSorted(([a], [b]) => a - b);
  for (let at = 0; at < samples.length; at += 441) {
    for (let next = left[0]; next !== undefined && next[0] * rate <= at; next = left[0]) {
      next[1](analyzer.tempo);
      left.shift();
    }
    analyzer.push(samples, at, Math.min(samples.length, at + 441));
  }
  return { frames, beats: frames.filter(({ beat }) => beat === 1), by: (at: number) => frames[Math.round(at * 60)]?.by };
}

/** The beats from `from` to `to` of which some are not within 40 ms of a beat of the grid, and the beats of the grid without one. */
function faults(beats: readonly { time: number }[], { bpm, from, to, origin = 0 }: { bpm: number; from: number; to: number; origin?: number }): number[] {
  const interval = 60 / bpm;
  const wanted = Array.from({ length: Math.floor((to - origin) / interval) + 1 }, (_, k) => origin + k * interval).filter((time) => time >= from && time < to);
  const sent = beats.map(({ time }) => time).filter((time) => time >= from - 0.04 && time < to + 0.04);
  const near = (list: readonly number[], time: number): boolean => list.some((other) => Math.abs(other - time) < 0.04);
  return [...wanted.filter((time) => !near(sent, time)), ...sent.filter((time) => time >= from + 0.04 && time < to - 0.04 && !near(wanted, time))];
}

const beat = 60 / 128;
const song = house(20);

it("the tempo in words is that of /audio/tempo, from any source", () => {
  const differences: number[] = [];
  const keys: Record<number, (tempo: TempoControl) => unknown> = { 6: (tempo) => tempo.double(), 8: (tempo) => tempo.halve(), 16: (tempo) => tempo.lock(true, 130), 17: (tempo) => tempo.auto() };
  const analyzer = createAnalyzer({ sampleRate: rate, enablePitch: false, enableStructure: false }, ({ tempo, beat: isBeat }) => {
    // Within a frame the tracker may have gone on to the next beat.
    if (tempo > 0 && isBeat === 0) differences.push(Math.abs(analyzer.tempo.view().bpm / tempo - 1));
  });
  for (let second = 0; second < 20; second += 1) {
    keys[second]?.(analyzer.tempo);
    analyzer.push(song, second * rate, (second + 1) * rate);
  }
  expect(differences.length).toBeGreaterThan(600);
  expect(Math.max(...differences)).toBeLessThan(1e-6);
});

describe("keys for the tempo", () => {
  it("resync: beats are right within a beat of one press, beat 1 is there, and both stay", () => {
    const { beats } = play(song, [8, (tempo) => tempo.resync(16.5 * beat)], [22 * beat + 0.02, (tempo) => tempo.resync(22 * beat)]);
    expect(faults(beats, { bpm: 128, from: 23 * beat - 0.05, to: 19.9 })).toEqual([]);
    for (const { time, beatInBar } of beats.filter(({ time: t }) => t > 23 * beat)) expect(beatInBar).toBe(((Math.round(time / beat) - 22) % 4) + 1);
  });

  it("halve and double: one press each, and the halved beats are the stronger ones", () => {
    const { beats } = play(song, [8, (tempo) => tempo.double()], [12, (tempo) => tempo.halve()]);
    expect(faults(beats, { bpm: 256, from: 8.5, to: 11.9 })).toEqual([]);
    expect(faults(beats, { bpm: 128, from: 12.5, to: 19.9 })).toEqual([]);
  });

  it("halve keeps the beats that a person called 1, though they are the weaker ones", () => {
    const { beats } = play(song.subarray(0, 15 * rate), [8, (tempo) => tempo.double()], [9, (tempo) => tempo.resync(18.5 * beat)], [11, (tempo) => tempo.halve()]);
    expect(faults(beats, { bpm: 128, from: 11.6, to: 14.9, origin: beat / 2 })).toEqual([]);
  });

  it.each([["double", (tempo: TempoControl) => tempo.double()], ["a lock on twice the tempo", (tempo: TempoControl) => [tempo.lock(true, 256), tempo.lock(false)]]])("halve keeps a beat 1 that was given just before %s", (_, key) => {
    for (const given of [18, 18.5]) {
      const { beats } = play(song.subarray(0, 15 * rate), [given * beat, (tempo) => [tempo.resync(given * beat), key(tempo)]], [24.2 * beat, (tempo) => tempo.halve()]);
      expect(faults(beats, { bpm: 128, from: 11.9, to: 14.9, origin: given * beat - Math.floor(given) * beat })).toEqual([]);
      // Which of the two bars of twice the tempo was the first one is not known.
      for (const { time, beatInBar } of beats.filter(({ time: at }) => at > 11.9)) expect((beatInBar - 1) % 2).toBe(Math.round(time / beat - given) % 2);
    }
  });

  it.each([0, 0.1, 0.25, 0.5])("tap: one tap %d beats after the music's beat leaves the tempo as it is", (late) => {
    const at = (17 + late) * beat;
    const { frames } = play(song.subarray(0, 14 * rate), [at, (tempo) => tempo.tap(at)]);
    const off = frames.filter(({ time }) => time > at).map(({ tempo }) => Math.abs(tempo / 128 - 1));
    expect(Math.max(...off)).toBeLessThan(0.005);
  });

  it("nudge: the beats keep the distance", () => {
    const { beats } = play(song, [8, (tempo) => tempo.nudge(0.08)], [16, (tempo) => tempo.nudge(-0.03)]);
    expect(faults(beats, { bpm: 128, from: 9, to: 15.9, origin: 0.08 })).toEqual([]);
    const late = beats.filter(({ time }) => time > 18).map(({ time }) => time - Math.round(time / beat) * beat);
    expect(late.reduce((a, b) => a + b, 0) / late.length).toBeCloseTo(0.05, 2);
  });

  it("auto: the beat is the tracker's again", () => {
    const { beats, by } = play(song, [8, (tempo) => tempo.resync(16.5 * beat)], [11, (tempo) => tempo.auto()]);
    expect([by(7), by(10), by(12)]).toEqual(["analysis", "tap", "analysis"]);
    expect(faults(beats, { bpm: 128, from: 15, to: 19.9 })).toEqual([]);
  });

  it("a correction holds for eight bars against music that plainly contradicts it, and then no longer; a lock holds on", () => {
    const music = joined(house(10), drumLoop({ bpm: 100, seconds: 26, kick: "x...x...x...x...", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." }));
    const tapped = play(music, [8, (tempo) => tempo.resync(17 * beat)]);
    expect(tapped.by(10 + 25 * beat)).toBe("tap");
    expect(faults(tapped.beats, { bpm: 100, from: 32.5, to: 35.9, origin: 10 })).toEqual([]);
    const locked = play(music, [8, (tempo) => tempo.lock(true)]);
    expect(locked.by(35)).toBe("tap");
    const tempi = new Set(locked.frames.filter(({ time }) => time > 8.1).map(({ tempo }) => tempo));
    expect([...tempi].map((tempo) => Math.abs(tempo / 128 - 1) < 0.002)).toEqual([true]);
  });

  it("a locked tempo is not drawn away by music of another one", () => {
    const { beats } = play(joined(house(10), drumLoop({ bpm: 130, seconds: 20, kick: "x...x...x...x...", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." })), [9, (tempo) => tempo.lock(true, 128)]);
    expect(faults(beats, { bpm: 128, from: 9.5, to: 29.9 })).toEqual([]);
  });

  it("a locked tempo beats on through a breakdown and in silence, a corrected one ends with the sound", () => {
    const music = joined(house(10), pad(6), new Float32Array(8 * rate));
    const locked = play(music, [8, (tempo) => tempo.lock(true, 128)]);
    expect(faults(locked.beats, { bpm: 128, from: 9, to: 23.9 })).toEqual([]);
    const corrected = play(music, [8, (tempo) => tempo.resync(17 * beat)]);
    expect(corrected.beats.at(-1)?.time).toBeLessThan(16 + 3.6);
    expect(corrected.by(23)).toBe("none");
  });

  it("taps give a beat where the music has none, and in silence", () => {
    const taps = Array.from({ length: 6 }, (_, k): Press => [3 + 0.6 * k + 0.01, (tempo) => tempo.tap(3 + 0.6 * k)]);
    for (const sound of [pad(16), new Float32Array(16 * rate)]) {
      const { beats, frames } = play(sound, ...taps);
      expect(faults(beats, { bpm: 100, from: 5, to: 15.9 })).toEqual([]);
      expect(frames.at(-1)).toMatchObject({ by: "tap" });
    }
  });

  it("never puts two beats within half a beat, whatever is pressed", () => {
    const keys: ((tempo: TempoControl) => unknown)[] = [
      (tempo) => tempo.nudge(0.2),
      (tempo) => tempo.nudge(-0.2),
      (tempo) => tempo.auto(),
      (tempo) => tempo.lock(true),
      (tempo) => tempo.lock(false),
    ];
    let seed = 5;
    const presses = Array.from({ length: 45 }, (_, k): Press => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      const key = keys[seed % keys.length];
      return [5 + k * 0.31, (tempo) => key?.(tempo)];
    });
    const times = play(song, ...presses).beats.map(({ time }) => time);
    expect(Math.min(...times.slice(1).map((time, k) => time - (times[k] ?? NaN)))).toBeGreaterThan(0.5 * beat);
  });

  it.each([
    [400, "too_fast", "halve", 200],
    [24, "too_slow", "double", 48],
  ] as const)("of a program at %i BPM, which no hand can set, no key but one makes a tempo by hand", (bpm, refusal, way, reached) => {
    const analyzer = createAnalyzer({ sampleRate: rate, enablePitch: false, enableStructure: false }, () => {});
    const { tempo } = analyzer;
    tempo.follow({ source: "link", bpm, beat: 0, quantum: 4 }, 0);
    expect(tempo.nudge(0.01)).toBe("no_tempo");
    analyzer.push(new Float32Array(rate));
    for (const key of [() => tempo.tap(0.9), () => tempo.nudge(0.01), () => tempo.resync(0.9), () => tempo.lock(true)]) expect(key()).toBe(refusal);
    expect(tempo.view()).toMatchObject({ by: "link", locked: false });
    expect(tempo[way]()).toBe("done");
    expect(tempo.view().by).toBe("tap");
    expect(tempo.view().bpm).toBeCloseTo(reached, 6);
  });

  it("keeps a lock, the place in the beat and the bar, when the analyzer begins anew", () => {
    const beats: { time: number; beatInBar: number }[] = [];
    const at = { offset: 0 };
    const analyzer = createAnalyzer({ sampleRate: rate, enablePitch: false, enableStructure: false }, ({ time, beat: on, beatInBar }) => {
      if (on === 1) beats.push({ time: time + at.offset, beatInBar });
    });
    analyzer.tempo.lock(true, 120);
    analyzer.push(new Float32Array(3.3 * rate));
    const kept = analyzer.tempo.keep();
    analyzer.reset();
    at.offset = 3.3;
    analyzer.tempo.restore(kept);
    analyzer.push(new Float32Array(3 * rate));
    beats.slice(1).forEach(({ time, beatInBar }, k) => {
      expect(time - (beats[k]?.time ?? NaN)).toBeCloseTo(0.5, 1);
      expect(beatInBar).toBe(((beats[k]?.beatInBar ?? NaN) % 4) + 1);
    });
    expect(beats.length).toBeGreaterThanOrEqual(12);
  });

  it.each([[1, 4], [3, 4], [2, 3], [5, 7]])("keeps place %i of %i when it is handed on again before the first beat", (place, metre) => {
    const places: string[] = [];
    const analyzer = createAnalyzer({ sampleRate: rate, enablePitch: false, enableStructure: false }, (frame) => {
      if (frame.beat === 1) places.push(`${frame.beatInBar}/${frame.metre}`);
    });
    const kept = { locked: true, sinceLast: 0.1, untilNext: 0.4, interval: 0.5, place, metre };
    analyzer.tempo.restore(kept);
    for (let k = 0; k < 3; k += 1) {
      const again = analyzer.tempo.keep();
      expect(again).toMatchObject({ place, metre });
      analyzer.reset();
      analyzer.tempo.restore(again);
    }
    analyzer.push(new Float32Array(rate));
    expect(places[0]).toBe(`${(place % metre) + 1}/${metre}`);
  });
});
