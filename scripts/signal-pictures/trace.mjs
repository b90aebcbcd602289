import { createAnalyzer, levelBands } from "@vj/audio";

/** Samples at a rate, -1..1. @typedef {{ readonly samples: Float32Array, readonly sampleRate: number }} Piece */
/** Seconds. @typedef {readonly [from: number, to: number]} Span */

/** Names of the levels, in the order of the frame. @type {readonly string[]} */
export const levelNames = [...levelBands.map((band) => band.name), "rms"];

/**
 * Stops when a picture does not match its caption.
 * @param {boolean} holds
 * @param {string} what
 */
export function claim(holds, what) {
  if (!holds) throw new Error(`the picture no longer shows that ${what}`);
}

/** Every signal over a piece of music: the fields of the frame, levels by their name, `bin_0` … `bin_31` of the spectrum. */
export class Signals {
  /** @type {Map<string, number[]>} */
  #values = new Map();

  /** @param {string} name @param {number} value @throws Error when it is not finite */
  put(name, value) {
    if (!Number.isFinite(value)) throw new Error(`${name} is ${value}`);
    const list = this.#values.get(name);
    if (list === undefined) this.#values.set(name, [value]);
    else list.push(value);
  }

  /** @param {string} name @returns {readonly number[]} a value for each frame @throws Error when there is no such signal */
  of(name) {
    const values = this.#values.get(name);
    if (values === undefined) throw new Error(`there is no signal ${name}`);
    return values;
  }

  /** Times of the frames, seconds. */
  get time() {
    return this.of("time");
  }
}

/** Traces under the settings of a fresh analyzer, by piece: several pictures show the demo track. @type {WeakMap<Piece, Signals>} */
const traced = new WeakMap();

/**
 * @param {Piece} piece
 * @param {Partial<import("@vj/audio").AnalyzerConfig>} [config]
 * @throws Error when a value is not finite
 */
export function trace(piece, config) {
  if (config !== undefined) return analyze(piece, config);
  const known = traced.get(piece) ?? analyze(piece, {});
  traced.set(piece, known);
  return known;
}

/** @param {Piece} piece @param {Partial<import("@vj/audio").AnalyzerConfig>} config */
function analyze({ samples, sampleRate }, config) {
  const signals = new Signals();
  createAnalyzer({ sampleRate, ...config }, ({ levels, spectrum, tempoBy: _tempoBy, section: _section, ...scalars }) => {
    for (const [name, value] of Object.entries(scalars)) signals.put(name, value);
    levelNames.forEach((name, i) => signals.put(name, levels[i] ?? Number.NaN));
    if (config.enableSpectrum === true) spectrum.forEach((value, i) => signals.put(`bin_${i}`, value));
  }).push(samples);
  return signals;
}

/** Times at which a signal leaves 0. @param {readonly number[]} times @param {readonly number[]} values */
export function risesOf(times, values) {
  return times.filter((_, i) => (values[i] ?? 0) > 0 && !((values[i - 1] ?? 0) > 0));
}

/** The values between two times. @param {Signals} signals @param {string} name @param {Span} span */
export function within(signals, name, [from, to]) {
  return signals.of(name).filter((_, i) => {
    const time = signals.time[i] ?? Number.NaN;
    return time >= from && time < to;
  });
}

/** @param {readonly number[]} values */
export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
