/** Generated music and sounds for the pictures: deterministic, mono, 44.1 kHz. */
import { createDemoTrack } from "@vj/audio";

export const RATE = 44_100;
const TAU = 2 * Math.PI;
const { bpm: demoBpm, sections: demoSections } = createDemoTrack(RATE);
const barSeconds = (4 * 60) / demoBpm;
const count = (/** @type {number} */ seconds) => Math.round(seconds * RATE);

/** @param {Float32Array} samples @returns {import("./trace.mjs").Piece} */
export const piece = (samples) => ({ samples, sampleRate: RATE });
/** @param {number} seconds */
export const silenceFor = (seconds) => new Float32Array(count(seconds));
/** Ends within 0.1 s, as a fader closed by hand. @param {Float32Array} samples */
export const faded = (samples) => samples.map((value, i) => value * Math.min(1, (samples.length - i) / (0.1 * RATE)));
/** @param {Float32Array} samples @param {number} db */
export const gained = (samples, db) => samples.map((value) => value * 10 ** (db / 20));

/** Part of the demo track as a faster or slower record plays it. */
export function demo({ bpm = demoBpm, fromBar = 0, seconds = 40 * barSeconds } = {}) {
  const track = createDemoTrack((RATE * demoBpm) / bpm);
  const samples = silenceFor(seconds);
  track.render(samples, Math.round((fromBar / 40) * track.lengthSamples));
  return samples;
}

/** @type {ReturnType<typeof describeDemo> | undefined} */
let known;

/** The whole demo track with its true values, in seconds; always the same object. */
export function wholeDemo() {
  return (known ??= describeDemo());
}

function describeDemo() {
  const { beats } = createDemoTrack(RATE);
  const sections = demoSections.map(({ name, fromBar, toBar }) => ({
    name: name === "buildup" ? "build-up" : name,
    from: fromBar * barSeconds,
    to: toBar * barSeconds,
  }));
  /** The part with this name, in seconds. @param {string} name */
  const section = (name) => {
    const found = sections.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the demo track has no ${name}`);
    return found;
  };
  return { ...piece(demo()), seconds: 40 * barSeconds, barSeconds, beats, sections, section, drop: section("drop").from };
}

/** White noise between -amplitude and amplitude from a linear congruential generator. @param {number} amplitude @param {number} seconds */
export function whiteNoise(amplitude, seconds) {
  let state = 12_345;
  return silenceFor(seconds).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 0x80000000 - 1);
  });
}

/**
 * A tone of harmonics, with fades of 30 ms at both ends.
 * @param {(time: number) => number} hzAt its fundamental
 * @param {(hz: number, n: number) => number} weight amplitude of harmonic n
 * @param {number} seconds
 */
export function tone(hzAt, weight, seconds) {
  let phase = 0;
  return silenceFor(seconds).map((_, i) => {
    const t = i / RATE;
    const hz = hzAt(t);
    phase = (phase + hz / RATE) % 1;
    let sum = 0;
    for (let n = 1; n * hz < 5000; n += 1) sum += weight(n * hz, n) * Math.sin(TAU * n * phase);
    return sum * Math.min(1, t / 0.03, (seconds - t) / 0.03);
  });
}

/** An open vowel: three formants over a falling source. @param {number} hz @param {number} n */
export function vowel(hz, n) {
  /** @type {readonly (readonly [hz: number, width: number, gain: number])[]} */
  const formants = [[700, 130, 1], [1220, 170, 0.5], [2600, 250, 0.25]];
  return (0.25 / n) * (0.15 + formants.reduce((sum, [at, width, gain]) => sum + gain / (1 + ((hz - at) / width) ** 2), 0) * 3);
}

/** @param {Float32Array} a @param {Float32Array} b */
export function mixed(a, b) {
  return a.map((value, i) => value + (b[i] ?? 0));
}

/** @param {Float32Array[]} parts */
export function joined(...parts) {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** RMS in dBFS per frame of 1/60 s as the analyzer counts it: a sine at full scale is 0 dB. @param {Float32Array} samples @param {number} frames */
export function rmsDb(samples, frames) {
  return Array.from({ length: frames }, (_, k) => {
    const end = Math.round(((k + 1) * RATE) / 60);
    let sum = 0;
    for (let i = end - 1024; i < end; i += 1) sum += (samples[i] ?? 0) ** 2;
    return Math.max(-120, 10 * Math.log10((2 * sum) / 1024 + 1e-12));
  });
}
