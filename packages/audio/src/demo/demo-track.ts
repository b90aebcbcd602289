import { hat, kick, noise, saw, snare } from "./demo-voices.ts";
import { AudioError } from "../errors.ts";

/** A part of the track, in bars of four beats. */
export interface DemoSection {
  name: "intro" | "groove" | "breakdown" | "buildup" | "drop";
  fromBar: number;
  toBar: number;
}

/** A loop of house music with a known beat grid: 75 s, 128 BPM, the first beat at 0. */
export interface DemoTrack {
  readonly bpm: number;
  readonly lengthSamples: number;
  readonly sections: readonly DemoSection[];
  /** Times of the beats in one pass, seconds. */
  readonly beats: readonly number[];
  /** Fills `out` with mono samples from `startSample` on, looped. The same place always gives the same samples. */
  render(out: Float32Array, startSample: number): void;
}

const trackBpm = 128;
const beatSeconds = 60 / trackBpm;
const trackSections: readonly DemoSection[] = [
  { name: "intro", fromBar: 0, toBar: 4 },
  { name: "groove", fromBar: 4, toBar: 12 },
  { name: "breakdown", fromBar: 12, toBar: 20 },
  { name: "buildup", fromBar: 20, toBar: 28 },
  { name: "drop", fromBar: 28, toBar: 40 },
];
const bars = 40;
/** Two bars each of A minor, F, C, G; the roots in Hz. */
const roots = [55, 43.65, 65.41, 49] as const;
const chords = [
  [220, 261.63, 329.63],
  [174.61, 220, 261.63],
  [196, 261.63, 329.63],
  [196, 246.94, 293.66],
] as const;

/** Deterministic: no clock, no random source. @throws AudioError `range` when the rate is not positive. */
export function createDemoTrack(sampleRate: number): DemoTrack {
  if (!(sampleRate > 0)) throw new AudioError("range", `sampleRate is ${sampleRate}; it must be above 0 Hz`);
  const lengthSamples = Math.round(bars * 4 * beatSeconds * sampleRate);
  return {
    bpm: trackBpm,
    lengthSamples,
    sections: trackSections,
    beats: Array.from({ length: bars * 4 }, (_, i) => i * beatSeconds),
    render(out, startSample) {
      for (let i = 0; i < out.length; i += 1) {
        const index = (startSample + i) % lengthSamples;
        out[i] = Math.max(-1, Math.min(1, 0.52 * sampleAt(index, index / sampleRate)));
      }
    },
  };
}

function sampleAt(index: number, t: number): number {
  const beat = t / beatSeconds;
  const bar = Math.floor(beat / 4);
  const section = trackSections.find((part) => bar < part.toBar) ?? trackSections[0];
  if (section === undefined) return 0;
  const sinceSection = t - section.fromBar * 4 * beatSeconds;
  const chord = Math.floor(bar / 2) % 4;
  switch (section.name) {
    case "intro":
      return drums(index, beat, false);
    case "groove":
      return drums(index, beat, true) + bass(t, beat, chord) + 0.25 * pad(t, beat, chord);
    case "breakdown":
      return 0.6 * pad(t, 0.9, chord) + 0.2 * pluck(t, beat, chord);
    case "buildup":
      return buildup(index, beat, sinceSection) + swell(t, chord, sinceSection);
    case "drop":
      return (
        drums(index, beat, true) + bass(t, beat, chord) + 0.3 * pad(t, beat, chord) + 0.3 * pluck(t, beat, chord) +
        hat(sinceSection, index, 0.9)
      );
  }
}

function drums(index: number, beat: number, full: boolean): number {
  const inBeat = beat % 1;
  const seconds = inBeat * beatSeconds;
  const offBeat = ((beat + 0.5) % 1) * beatSeconds;
  const step = Math.floor(beat * 4);
  const inStep = ((beat * 4) % 1) * (beatSeconds / 4);
  let sum = 0.9 * kick(seconds) + 0.35 * hat(offBeat, index, 0.06);
  if (!full) return sum;
  sum += (0.12 + 0.06 * noise(step)) * hat(inStep, index, 0.018);
  if (Math.floor(beat) % 2 === 1) sum += 0.55 * snare(seconds, index);
  return sum;
}

/** Sixteenth notes between the kicks. */
function bass(t: number, beat: number, chord: number): number {
  const step = Math.floor(beat * 4) % 4;
  if (step === 0) return 0;
  const s = ((beat * 4) % 1) * (beatSeconds / 4);
  return 0.4 * saw(roots[chord] ?? 55, t, 5) * Math.exp(-s / 0.12) * Math.min(1, s / 0.003);
}

/** A chord that is quiet at the start of each beat, to leave room for the kick. */
function pad(t: number, beat: number, chord: number): number {
  let sum = 0;
  for (const hz of chords[chord] ?? chords[0]) sum += saw(hz, t, 4);
  return 0.25 * sum * Math.min(1, beat % 1 + 0.15);
}

/** Eighth notes over the chord, an octave higher. */
function pluck(t: number, beat: number, chord: number): number {
  const step = Math.floor(beat * 2);
  const s = ((beat * 2) % 1) * (beatSeconds / 2);
  const tones = chords[chord] ?? chords[0];
  const hz = tones[Math.floor((noise(step) * 0.5 + 0.5) * 3) % 3] ?? 220;
  return saw(hz * 2, t, 6) * Math.exp(-s / 0.11) * Math.min(1, s / 0.002);
}

/** Share of the build-up that has passed after `since` seconds. */
function progressOf(since: number): number {
  return since / (8 * 4 * beatSeconds);
}

/** The roll gets denser and the noise rises; the last beat is empty. */
function buildup(index: number, beat: number, since: number): number {
  const progress = progressOf(since);
  if (progress > 31 / 32) return 0;
  const perBeat = progress < 0.5 ? 1 : progress < 0.75 ? 2 : 4;
  const s = ((beat * perBeat) % 1) * (beatSeconds / perBeat);
  const rise = noise(index) - noise(index - 1);
  return (0.2 + 0.5 * progress) * snare(s, index) + 0.35 * progress * progress * rise;
}

/** The pad fades while the noise of the build-up rises. */
function swell(t: number, chord: number, since: number): number {
  const progress = progressOf(since);
  return (progress > 31 / 32 ? 0.1 : 0.45 - 0.2 * progress) * pad(t, 0.9, chord);
}
