import { describe, expect, it } from "vitest";
import type { AudioFrame } from "../src/frame.ts";
import { add, createNoise, house, joined, pad } from "./rhythm-clips.ts";
import { framesOf } from "./run.ts";

const rate = 44_100;
const rms = (samples: Float32Array): number => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

/** The same sound at this level, dBFS RMS. */
function at(db: number, samples: Float32Array): Float32Array {
  const gain = 10 ** (db / 20) / rms(samples);
  return samples.map((sample) => sample * gain);
}

const make = (seconds: number, sample: (t: number) => number): Float32Array =>
  Float32Array.from({ length: seconds * rate }, (_, i) => sample(i / rate));

function white(seconds: number, seed = 1): Float32Array {
  const noise = createNoise(seed);
  return make(seconds, noise);
}

/** Noise through a one-pole low-pass: a rumble when the corner is low. */
function dark(seconds: number, cornerHz: number, seed = 1): Float32Array {
  const noise = createNoise(seed);
  const share = 1 - Math.exp((-2 * Math.PI * cornerHz) / rate);
  let low = 0;
  return make(seconds, () => (low += share * (noise() - low)));
}

const hum = (seconds: number, hz: number): Float32Array =>
  make(seconds, (t) => [1, 2, 3, 5, 7].reduce((sum, k) => sum + Math.sin(2 * Math.PI * hz * k * t + k) / k, 0));

const tremolo = (seconds: number, hz: number): Float32Array => {
  const chord = pad(seconds, 30);
  const held = make(seconds, (t) => [220, 277, 330].reduce((sum, f) => sum + Math.sin(2 * Math.PI * f * t), 0));
  return held.map((sample, i) => (sample + (chord[i] ?? 0)) * (0.6 + 0.4 * Math.sin((2 * Math.PI * hz * i) / rate)));
};

/** Single claps of many hands at random. */
function claps(seconds: number, perSecond: number): Float32Array {
  const out = new Float32Array(seconds * rate);
  const noise = createNoise(11);
  for (let t = 0; t < seconds; t -= Math.log(0.5 + 0.499 * noise()) / perSecond) {
    const loud = 0.6 + 0.4 * noise();
    add(out, Float32Array.from({ length: 2000 }, (_, i) => loud * noise() * Math.exp(-i / 350)), Math.round(t * rate));
  }
  return out;
}

/** Syllables like those of a voice: a buzz through a moving resonance, of irregular length, with pauses between the phrases. */
function babble(seconds: number): Float32Array {
  const out = new Float32Array(seconds * rate);
  const random = createNoise(5);
  for (let t = 0.1; t < seconds; t += random() > 0.75 ? 0.9 : 0.02) {
    const length = 0.16 + 0.08 * random();
    const pitch = 130 + 30 * random();
    const formant = 700 + 350 * random();
    const syllable = Float32Array.from({ length: Math.round(length * rate) }, (_, i) => {
      const s = i / rate;
      const envelope = Math.sin((Math.PI * s) / length) ** 0.7;
      let voice = 0;
      for (let k = 1; k < 20; k += 1) voice += Math.sin(2 * Math.PI * pitch * k * (s - 0.3 * s * s)) / (1 + ((pitch * k - formant) / 300) ** 2);
      return envelope * voice;
    });
    add(out, syllable, Math.round(t * rate));
    t += length;
  }
  return out;
}

/** Frames of music that stops, and of the sounds that follow; the noise of the input runs through both. */
function analyze(...parts: Float32Array[]): AudioFrame[] {
  return framesOf(joined(...parts), { enableBpm: true });
}

const beatsIn = (frames: readonly AudioFrame[], from: number, to = Infinity): number =>
  frames.filter((frame) => frame.beat === 1 && frame.time > from && frame.time <= to).length;

describe("no music, no beats", () => {
  it.each([
    ["hiss at -75 dBFS", at(-75, white(14))],
    ["hiss at -60 dBFS", at(-60, white(14))],
    ["dark hiss at -50 dBFS", at(-50, dark(14, 1500))],
    ["mains hum of 50 Hz", at(-48, hum(14, 50))],
    ["mains hum of 60 Hz and hiss", joined(at(-45, hum(14, 60))).map((sample, i) => sample + 1e-4 * Math.sin(i * i))],
    ["the rumble of a room", at(-46, dark(14, 90))],
  ])("beats end within three seconds of the music, over %s, and the end is silence", (_, noise) => {
    const music = house(8);
    const frames = analyze(noise.map((sample, i) => sample + (music[i] ?? 0)));
    expect(beatsIn(frames, 3, 8)).toBeGreaterThan(8);
    expect(beatsIn(frames, 11)).toBe(0);
    expect(frames.at(-1)).toMatchObject({ silence: 1, bpm: 0, bpmConfidence: 0, phase: 0 });
  });

  it("beats come back after a pause with hiss as quickly as after a silent one", () => {
    const first = (floor: Float32Array): number => {
      const sound = joined(house(7), new Float32Array(5 * rate), house(5)).map((sample, i) => sample + (floor[i] ?? 0));
      return analyze(sound).find((frame) => frame.beat === 1 && frame.time > 12)?.time ?? Infinity;
    };
    const quiet = first(new Float32Array(0));
    expect(quiet).toBeLessThan(14.5);
    expect(Math.abs(first(at(-58, white(17))) - quiet)).toBeLessThan(0.6);
  });

  it.each([
    ["loud noise", at(-16, white(12))],
    ["a lone pad", at(-20, pad(12))],
    ["a pad with a tremolo of 5 Hz", at(-20, tremolo(12, 5))],
    ["applause", at(-20, claps(12, 150))],
    ["the hands of few", at(-20, claps(12, 12))],
    ["a voice", at(-22, babble(12))],
    ["mains hum", at(-30, hum(12, 50))],
  ])("%s has no beat and no tempo", (_, sound) => {
    const frames = analyze(sound);
    expect(beatsIn(frames, 0)).toBe(0);
    expect(frames.every((frame) => frame.bpm === 0 && frame.bpmConfidence === 0)).toBe(true);
  });

  it.each([
    ["applause", claps(9, 150), 3],
    ["the hands of few", claps(9, 12), 3.5],
    ["a voice", babble(9), 3],
    ["a voice in a humming room", babble(9).map((sample, i) => sample + 0.1 * Math.sin((2 * Math.PI * 100 * i) / rate)), 3],
  ])("beats end soon after the music when %s follows, as loud as it was, and stay away", (_, sound, within) => {
    const frames = analyze(at(-18, house(12)), at(-18, sound));
    expect(beatsIn(frames, 3, 12)).toBeGreaterThan(15);
    expect(beatsIn(frames, 12 + within)).toBe(0);
    expect(frames.at(-1)).toMatchObject({ bpm: 0, bpmConfidence: 0, phase: 0 });
  });

  it("the chords of the music keep its beat for eight bars after the drums, no longer", () => {
    const music = pad(38).map((sample) => sample / 2);
    add(music, house(12), 0);
    const frames = analyze(music);
    expect(beatsIn(frames, 12, 26)).toBeGreaterThan(26);
    expect(beatsIn(frames, 12 + 20)).toBe(0);
  });

  it.each([
    ["a pad", pad(9)],
    ["a pad with a tremolo of 5 Hz", tremolo(9, 5)],
    ["an organ", make(9, (t) => [131, 196, 262, 330, 392, 523, 785].reduce((sum, hz, k) => sum + Math.sin(2 * Math.PI * hz * t + k), 0))],
  ])("%s that was not in the music and is as loud as it was does not keep the beat", (_, sound) => {
    const frames = analyze(at(-18, house(12)), at(-18, sound));
    expect(beatsIn(frames, 3, 12)).toBeGreaterThan(15);
    expect(beatsIn(frames, 12 + 5)).toBe(0);
  });

  it("quiet music above a noise floor keeps its beats and is not silent", () => {
    const music = house(12).map((sample) => sample * 0.01);
    const floor = at(-75, white(12));
    const frames = analyze(music.map((sample, i) => sample + (floor[i] ?? 0)));
    expect(beatsIn(frames, 3, 12)).toBeGreaterThan(17);
    expect(frames.filter((frame) => frame.time > 1 && frame.silence === 1)).toEqual([]);
  });

  it("the noise of an input does not light the levels up, and the gate opens at once for music", () => {
    const floor = at(-55, white(8));
    const music = joined(new Float32Array(5 * rate), house(3));
    const frames = analyze(music.map((sample, i) => sample + (floor[i] ?? 0)));
    expect(Math.max(...(frames[4 * 60]?.levels ?? [1]))).toBe(0);
    expect(frames[Math.round(5.05 * 60)]).toMatchObject({ silence: 0 });
  });

  it("loud steady noise and a test tone are sound", () => {
    for (const sound of [at(-20, white(4)), make(4, (t) => 0.1 * Math.sin(2 * Math.PI * 1000 * t))]) {
      expect(framesOf(sound).at(-1)).toMatchObject({ silence: 0 });
    }
  });

  it("a threshold set higher holds where no floor was learned", () => {
    const sound = at(-50, make(3, (t) => Math.sin(2 * Math.PI * 443 * t)));
    expect(framesOf(sound).at(-1)).toMatchObject({ silence: 0 });
    expect(framesOf(sound, { silenceDb: -40 }).at(-1)).toMatchObject({ silence: 1 });
  });
});
