import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../src/analyzer.ts";
import type { Analyzer } from "../src/analyzer.ts";
import { house, pad } from "./rhythm-clips.ts";

const rate = 44_100;

interface Seen {
  time: number;
  beat: number;
  phase: number;
  barPhase: number;
  beatInBar: number;
  tempo: number;
  bpm: number;
  by: string;
}

/** Plays samples; `act` is called before each tenth of a second. */
function play(samples: Float32Array, act: (tempo: Analyzer["tempo"], second: number) => void): Seen[] {
  const seen: Seen[] = [];
  const analyzer = createAnalyzer({ sampleRate: rate, enablePitch: false, enableStructure: false }, ({ time, beat, phase, barPhase, beatInBar, tempo, bpm, tempoBy }) =>
    seen.push({ time, beat, phase, barPhase, beatInBar, tempo, bpm, by: tempoBy }),
  );
  for (let at = 0; at < samples.length; at += rate / 10) {
    act(analyzer.tempo, at / rate);
    analyzer.push(samples, at, Math.min(samples.length, at + rate / 10));
  }
  return seen;
}

const beatTimes = (seen: readonly Seen[]): number[] => seen.filter(({ beat }) => beat === 1).map(({ time }) => time);

/** The smallest time between two beats, and the longest. */
function gaps(times: readonly number[]): [number, number] {
  const between = times.slice(1).map((time, i) => time - (times[i] ?? NaN));
  return [Math.min(...between), Math.max(...between)];
}

describe("a followed program", () => {
  it("puts the beats where the program has them, also in silence, with its bar and tempo", () => {
    const seen = play(new Float32Array(10 * rate), (tempo) => tempo.follow({ source: "link", beat: 1, bpm: 123.4, quantum: 4 }, 0.25));
    const interval = 60 / 123.4;
    const times = beatTimes(seen);
    expect(times.length).toBe(Math.floor((10 - 0.25) / interval) + 1);
    for (const time of times) expect(Math.abs((time - 0.25) / interval - Math.round((time - 0.25) / interval)) * interval).toBeLessThan(0.0085);
    const phaseOff: number[] = [];
    for (const { time, beatInBar, by, tempo, phase } of seen.slice(60)) {
      const count = 1 + (time - 0.25) / interval;
      const off = count - Math.round(count);
      expect([by, Math.round(tempo * 1e6) / 1e6]).toEqual(["link", 123.4]);
      if (Math.abs(off) > 0.05) phaseOff.push((phase - (count - Math.floor(count))) * interval);
      expect(Math.abs(off) < 0.03 || beatInBar === (Math.floor(count) % 4) + 1).toBe(true);
    }
    // The phase of the frame itself, not of the tracker's last hop, which is up to 10 ms older.
    expect(Math.abs(phaseOff.reduce((sum, one) => sum + one, 0) / phaseOff.length)).toBeLessThan(0.0005);
    expect(Math.max(...phaseOff.map(Math.abs))).toBeLessThan(0.005);
  });

  it.each([
    [3, 3],
    [6, 3],
    [8, 4],
    [1, 1],
  ])("counts bars of a quantum of %i as %i beats", (quantum, metre) => {
    const seen = play(new Float32Array(6 * rate), (tempo) => tempo.follow({ source: "midi", beat: -7, bpm: 120, quantum: quantum }, 0));
    const places = seen.filter(({ beat }) => beat === 1).map(({ beatInBar }) => beatInBar);
    expect(new Set(places).size).toBe(metre);
    places.slice(1).forEach((place, i) => expect(place).toBe(((places[i] ?? NaN) % metre) + 1));
    for (const { barPhase, beatInBar, phase } of seen) expect(barPhase).toBeCloseTo((beatInBar - 1 + phase) / metre, 6);
  });

  it("is taken up and let go without two beats within half a beat, and the music's beat goes on at once", () => {
    const seen = play(house(20), (tempo, second) => {
      if (second >= 8 && second < 12) tempo.follow({ source: "link", beat: 0, bpm: 100, quantum: 4 }, 8.1);
      else tempo.unfollow();
    });
    const times = beatTimes(seen.filter(({ time }) => time > 4));
    const [least, most] = gaps(times);
    expect(least).toBeGreaterThan(0.5 * (60 / 128));
    expect(most).toBeLessThan(2 * 0.6);
    const after = times.filter((time) => time > 12.1);
    for (const time of after) expect(Math.abs((time * 128) / 60 - Math.round((time * 128) / 60))).toBeLessThan(0.06);
    expect(after[0]).toBeLessThan(13.3);
    expect(new Set(seen.filter(({ time }) => time > 8.2 && time < 11.9).map(({ by }) => by))).toEqual(new Set(["link"]));
    // Of the tracker's own tempo from its first frame on, not still of the program's beats.
    expect(seen.filter(({ by, time, tempo }) => by === "analysis" && time > 10 && Math.abs(tempo / 128 - 1) > 0.03)).toEqual([]);
    expect(seen.at(-1)?.by).toBe("analysis");
  });

  it.each(["a program ends", "a key is taken back"])("gives a tempo in every frame when %s in the music", (end) => {
    const seen = play(house(6), (tempo, second) => {
      if (end === "a program ends" && second > 4 && second < 4.8) tempo.follow({ source: "os2l", beat: 0, bpm: 100, quantum: 4 }, 4);
      if (end === "a key is taken back" && second === 4) tempo.double();
      if (second < 4.8) return;
      tempo.unfollow();
      tempo.auto();
    });
    expect(seen.filter(({ time, tempo, by }) => time > 3.5 && (tempo < 60 || by === "none"))).toEqual([]);
    expect(seen.at(-1)?.by).toBe("analysis");
  });

  it("says how far it is from the tracker's own beat", () => {
    const views: { bpm: number; late: number }[] = [];
    play(house(12), (tempo, second) => {
      if (second >= 6) tempo.follow({ source: "os2l", beat: 0, bpm: 128, quantum: 4 }, 0.1);
      if (second > 9) views.push({ bpm: tempo.view().ownBpm, late: tempo.view().ownLate });
    });
    for (const { bpm, late } of views) {
      expect(Math.abs(bpm - 128)).toBeLessThan(1.5);
      expect(Math.abs(late + 0.1)).toBeLessThan(0.03);
    }
  });

  it("gives tempi outside 60 to 180 BPM exactly in tempo, and in bpm on the level of the metre that is in its range", () => {
    const last = (bpm: number) => play(pad(1), (tempo) => tempo.follow({ source: "link", beat: 0, bpm: bpm, quantum: 4 }, 0)).at(-1);
    expect(last(20)).toMatchObject({ tempo: 20, bpm: 80 });
    expect(last(999)).toMatchObject({ tempo: 999, bpm: 124.875 });
  });
});
