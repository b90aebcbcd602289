import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../src/analyzer.ts";
import type { AudioFrame } from "../src/frame.ts";
import { createDemoTrack } from "../src/demo/demo-track.ts";
import { frameAt, framesOf, lastFrame } from "./run.ts";
import { concat, sine, whiteNoise } from "./signals.ts";

describe("createAnalyzer", () => {
  it.each([8000, 44_100, 48_000, 192_000, 384_000])("gives 60 frames per second of a %i Hz stream, in blocks of any size", (sampleRate) => {
    for (const block of [64, 511, 5000]) {
      const times: number[] = [];
      const analyzer = createAnalyzer({ sampleRate, enablePitch: false }, (frame) => times.push(frame.time));
      const silence = new Float32Array(block);
      for (let fed = 0; fed < sampleRate; fed += block) analyzer.push(silence, 0, Math.min(block, sampleRate - fed));
      expect(times).toHaveLength(60);
      expect(times[59]).toBeCloseTo(1, 9);
    }
  });

  it("passes on frame k as soon as sample round(k * sampleRate / 60) is in, not later", () => {
    let frames = 0;
    const analyzer = createAnalyzer({ sampleRate: 48_000 }, () => (frames += 1));
    const one = new Float32Array(1);
    for (let fed = 1; fed <= 2400; fed += 1) {
      analyzer.push(one);
      expect(frames).toBe(Math.floor(fed / 800));
    }
  });

  it("gives the same frames whatever the block size", () => {
    const music = new Float32Array(44_100 * 3);
    createDemoTrack(44_100).render(music, 44_100 * 10);
    const options = { enableBpm: true, enableStructure: true, enablePitch: true, enableSpectrum: true };
    const whole = framesOf(music, options);
    expect(framesOf(music, options, 100)).toEqual(whole);
    expect(framesOf(music, options, 4097)).toEqual(whole);
  });

  it("fills one object again and again", () => {
    const seen = new Set<object>();
    const analyzer = createAnalyzer({ sampleRate: 44_100 }, (frame) => seen.add(frame).add(frame.levels).add(frame.spectrum));
    analyzer.push(whiteNoise(0.5, 0.5));
    analyzer.reset();
    analyzer.push(whiteNoise(0.5, 0.5));
    expect(seen.size).toBe(3);
  });

  it("is after a reset as it was at first", () => {
    const music = new Float32Array(44_100 * 2);
    createDemoTrack(44_100).render(music, 44_100 * 20);
    const runs: AudioFrame[][] = [[], []];
    let run = 0;
    const analyzer = createAnalyzer({ sampleRate: 44_100, enableSpectrum: true }, (frame) => {
      runs[run]?.push({ ...frame, levels: frame.levels.slice(), spectrum: frame.spectrum.slice() });
    });
    analyzer.push(music);
    analyzer.push(music, 0, 1000);
    analyzer.reset();
    run = 1;
    analyzer.push(music);
    expect(runs[1]).toEqual(runs[0]?.slice(0, 120));
  });

  it("is all zeros in digital silence, from the first frame and after sound", () => {
    const frames = framesOf(concat(new Float32Array(4410), whiteNoise(1, 1), new Float32Array(88_200)), {
      enableSpectrum: true,
      enablePitch: true,
    });
    for (const frame of [frameAt(frames, 0.05), lastFrame(frames)]) {
      expect(Array.from(frame.levels)).toEqual(Array.from({ length: 8 }, () => 0));
      expect(Array.from(frame.spectrum)).toEqual(Array.from({ length: 32 }, () => 0));
      const { silence, flux, kick, snare, hat, onset, pitchHz, pitchConfidence } = frame;
      expect({ silence, flux, kick, snare, hat, onset, pitchHz, pitchConfidence }).toEqual({
        silence: 1, flux: 0, kick: 0, snare: 0, hat: 0, onset: 0, pitchHz: 0, pitchConfidence: 0,
      });
    }
    expect(frameAt(frames, 0.6).silence).toBe(0);
  });

  it("treats a constant offset as silence", () => {
    expect(lastFrame(framesOf(new Float32Array(88_200).fill(0.7))).silence).toBe(1);
  });

  it("does not call a short rest silence", () => {
    const frames = framesOf(concat(sine(200, 0.5, 0.5), new Float32Array(13_230), sine(200, 0.5, 0.5)));
    expect(frames.slice(10).map((frame) => frame.silence)).not.toContain(1);
  });

  it("puts features at rest when they are switched off while running", () => {
    const music = new Float32Array(44_100 * 8);
    createDemoTrack(44_100).render(music, 44_100 * 10);
    let last: AudioFrame | undefined;
    const analyzer = createAnalyzer({ sampleRate: 44_100, enableSpectrum: true }, (frame) => (last = frame));
    analyzer.push(music);
    expect(last?.bpm).toBeGreaterThan(60);
    expect(last?.brightness).toBeGreaterThan(0);
    expect(Math.max(...(last?.spectrum ?? []))).toBeGreaterThan(0);
    analyzer.configure({
      enableBpm: false,
      enableStructure: false,
      enablePitch: false,
      enableSpectrum: false,
      enableDescriptors: false,
    });
    analyzer.push(music);
    expect(last).toMatchObject({ bpm: 0, bpmConfidence: 0, beat: 0, phase: 0, beatInBar: 1, trend: 0, pitchHz: 0 });
    expect(last?.brightness).toBeLessThan(0.001);
    expect(Math.max(...(last?.spectrum ?? [1]))).toBe(0);
    analyzer.configure({ enableBpm: true });
    analyzer.push(music);
    expect(last?.bpm).toBeGreaterThan(60);
  });

  it("moves the beats and the phase by the offset, without losing any", () => {
    const music = new Float32Array(22_050 * 13);
    createDemoTrack(22_050).render(music, 0);
    const beatsWith = (beatOffsetMs: number): AudioFrame[] =>
      framesOf(music, { sampleRate: 22_050, enableBpm: true, beatOffsetMs }).filter((frame) => frame.beat === 1 && frame.time > 7);
    const plain = beatsWith(0);
    expect(plain.length).toBeGreaterThan(11);
    for (const offset of [200, 5, -200]) {
      const moved = beatsWith(offset);
      expect(Math.abs(moved.length - plain.length)).toBeLessThanOrEqual(1);
      const distances = moved.slice(1, -1).map(({ time }) => Math.min(...plain.map((beat) => Math.abs(beat.time - time - offset / 1000))));
      expect(Math.max(...distances)).toBeLessThan(0.03);
      expect(Math.max(...moved.map((beat) => beat.phase))).toBeLessThan(0.1);
    }
  });

  it("sends the phrase with its downbeat, also where beats go out late", () => {
    const music = new Float32Array(22_050 * 40);
    createDemoTrack(22_050).render(music, 0);
    const frames = framesOf(music, { sampleRate: 22_050, enableBpm: true, enableStructure: true, beatOffsetMs: -150 });
    const counted = frames.filter(({ phraseBar }, k) => phraseBar > 0 && phraseBar === ((frames[k - 1]?.phraseBar ?? NaN) % 8) + 1);
    expect(counted.length).toBeGreaterThan(10);
    expect(counted.filter(({ beat, beatInBar }) => beat === 1 && beatInBar === 1).length).toBeGreaterThan(0.8 * counted.length);
  });

  it("has the phrase at its bar at once when the tempo is switched on again", () => {
    const seconds = 40;
    const music = new Float32Array(22_050 * seconds);
    createDemoTrack(22_050).render(music, 0);
    const phraseAfter = (isOffMeanwhile: boolean): number[] => {
      const seen: number[] = [];
      const analyzer = createAnalyzer({ sampleRate: 22_050, enableBpm: true, enableStructure: true }, (frame) => seen.push(frame.phraseBar));
      analyzer.push(music, 0, 22_050 * 16);
      if (isOffMeanwhile) analyzer.configure({ enableBpm: false });
      analyzer.push(music, 22_050 * 16, 22_050 * 29);
      // In the middle of a bar.
      analyzer.configure({ enableBpm: true });
      analyzer.push(music, 22_050 * 29);
      return seen.slice(29 * 60);
    };
    const whole = phraseAfter(false);
    expect(new Set(whole).size).toBeGreaterThan(4);
    expect(phraseAfter(true)).toEqual(whole);
  });

  it.each([
    [{ sampleRate: 7999 }, "sampleRate is 7999; it must be from 8000 to 2000000 Hz"],
    [{ sampleRate: Number.NaN }, "sampleRate is NaN"],
    [{ sampleRate: 44_100, beatOffsetMs: 201 }, "beatOffsetMs is 201; it must be from -200 to 200"],
    [{ sampleRate: 44_100, smoothing: -0.1 }, "smoothing is -0.1"],
    [{ sampleRate: 44_100, pitchMinHz: 500, pitchMaxHz: 400 }, "pitchMaxHz is 400; it must be from 500 to 2000"],
  ])("refuses %o", (options, message) => {
    expect(() => createAnalyzer(options, () => {})).toThrow(message);
  });

  it("keeps its settings when a change is refused", () => {
    const analyzer = createAnalyzer({ sampleRate: 44_100 }, () => {});
    expect(() => analyzer.configure({ smoothing: 2 })).toThrow(RangeError);
    expect(() => analyzer.configure({ smoothing: 2 })).toThrow(expect.objectContaining({ name: "AudioError", code: "range" }));
    expect(() => analyzer.configure({ smoothing: 1 })).not.toThrow();
  });
});
