import { describe, expect, it } from "vitest";
import { createDemoTrack } from "../src/demo/demo-track.ts";
import type { AudioFrame } from "../src/frame.ts";
import { add, drumLoop } from "./rhythm-clips.ts";
import { framesOf } from "./run.ts";

const rate = 22_050;

const analyze = (samples: Float32Array, sampleRate = rate): AudioFrame[] => framesOf(samples, { sampleRate, enableBpm: true, enableStructure: true });

interface Counted {
  time: number;
  /** 1..4, as sent. */
  beat: number;
  /** 1..4, as written. */
  written: number;
}

/** The beats sent within 70 ms of a written one; the first written beat is beat `first` (1..4) of a bar. */
const countedBeats = (frames: readonly AudioFrame[], bpm: number, first = 1): Counted[] =>
  frames.flatMap(({ beat, time, beatInBar }) => {
    const nearest = Math.round((time * bpm) / 60);
    if (beat === 0 || Math.abs(time - (nearest * 60) / bpm) > 0.07) return [];
    return [{ time, beat: beatInBar, written: ((nearest + first - 1) % 4) + 1 }];
  });

const shareRight = (beats: Counted[]): number => beats.filter(({ beat, written }) => beat === written).length / beats.length;
const jumps = (beats: Counted[]): Counted[] => beats.filter(({ beat, written }, k) => {
  const before = beats[k - 1];
  return before !== undefined && (beat - before.beat + 4) % 4 !== (written - before.written + 4) % 4;
});

describe("bar position in the demo track", () => {
  const track = createDemoTrack(rate);
  const music = new Float32Array(track.lengthSamples);
  track.render(music, 0);
  const atPace = analyze(music);

  // Played faster or slower, as a record would be.
  it.each([rate, 20_000, 24_000])("is right from the groove to the end at %i samples a second", (sampleRate) => {
    const speed = sampleRate / rate;
    const beats = countedBeats(speed === 1 ? atPace : analyze(music, sampleRate), 128 * speed);
    const late = beats.filter(({ time }) => time * speed > 10);
    expect(late.length).toBeGreaterThan(125);
    expect(shareRight(late)).toBeGreaterThanOrEqual(0.95);
    expect(jumps(beats).length).toBeLessThanOrEqual(4);
    expect(jumps(late).length).toBeLessThanOrEqual(1);
  });

  it("is at one on the beat of the drop, from the frame in which it goes out", () => {
    const at = 28 * 4 * (60 / 128);
    const beat = atPace.find(({ beat: now, time }) => now === 1 && time > at - 0.1);
    expect(Math.abs((beat?.time ?? 0) - at)).toBeLessThan(0.05);
    expect(beat?.beatInBar).toBe(1);
    expect(atPace.find(({ drop }) => drop === 1)?.beatInBar).toBe(1);
  });
});

/** A kick on every beat, claps on two and four, and a bass and a chord that change with the bar. */
const song = (clip: { bpm: number; first: number; roots: readonly number[]; seconds: number }): Float32Array => {
  const { bpm, first, roots, seconds } = clip;
  const claps = first % 2 === 1 ? "....x.......x..." : "x.......x.......";
  const out = drumLoop({ bpm, seconds, sampleRate: rate, kick: "x...x...x...x...", snare: claps, hat: "..x...x...x...x." });
  const samplesPerBeat = (60 * rate) / bpm;
  for (let beat = 0; beat * 60 < bpm * seconds; beat += 1) {
    const root = roots[Math.floor((beat + first - 1) / 4) % roots.length] ?? 55;
    const tone = Float32Array.from({ length: Math.round(0.9 * samplesPerBeat) }, (_, i) => {
      const t = i / rate;
      const chord = [4, 5, 6].reduce((sum, n) => sum + Math.sin(2 * Math.PI * root * n * t) / n, 0);
      return 0.15 * Math.sin(2 * Math.PI * root * t) + 0.2 * chord;
    });
    add(out, tone, Math.round(beat * samplesPerBeat));
  }
  return out;
};

describe("bar position in songs of a kick on every beat", () => {
  it.each([
    { bpm: 122, first: 1, roots: [55, 43.65, 65.41, 49], seconds: 30 },
    { bpm: 126, first: 2, roots: [55, 73.42], seconds: 30 },
    { bpm: 104, first: 3, roots: [49, 65.41, 73.42, 65.41], seconds: 30 },
    { bpm: 140, first: 4, roots: [61.74, 49, 55, 41.2], seconds: 30 },
  ])("goes by the change of the chord: $bpm BPM from beat $first", (clip) => {
    const beats = countedBeats(analyze(song(clip)), clip.bpm, clip.first);
    const late = beats.filter(({ time }) => time > 12);
    expect(late.length).toBeGreaterThan(25);
    expect(shareRight(late)).toBeGreaterThan(0.95);
  });
});
