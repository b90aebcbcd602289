import { createAnalyzer, levelBands } from "../../packages/audio/dist/index.js";

export const LEVEL_NAMES = [...levelBands.map((band) => band.name), "rms"];

/** Stops when a picture would not show what its caption says. */
export function claim(holds, what) {
  if (!holds) throw new Error(`the picture no longer shows that ${what}`);
}

/** Traces under the settings of a fresh analyzer, by piece: several pictures show the demo track. */
const traced = new WeakMap();

/**
 * Every signal over a piece of music, one array per field of the frame; levels by name, spectrum as a list of 32 arrays.
 * Throws when a value is not finite.
 */
export function trace(piece, config) {
  if (config !== undefined) return analyze(piece, config);
  if (!traced.has(piece)) traced.set(piece, analyze(piece, {}));
  return traced.get(piece);
}

function analyze({ samples, sampleRate }, config) {
  const signals = {};
  const put = (name, value) => {
    if (!Number.isFinite(value)) throw new Error(`${name} is ${value}`);
    (signals[name] ??= []).push(value);
  };
  const onFrame = ({ levels, spectrum, ...scalars }) => {
    for (const [name, value] of Object.entries(scalars)) put(name, value);
    levels.forEach((value, i) => put(LEVEL_NAMES[i], value));
    if (config.enableSpectrum) spectrum.forEach((value, i) => put(`bin_${i}`, value));
  };
  createAnalyzer({ sampleRate, ...config }, onFrame).push(samples);
  return signals;
}

/** Times at which a signal leaves 0. */
export function risesOf(times, values) {
  return times.filter((_, i) => values[i] > 0 && !(values[i - 1] > 0));
}

/** The values between two times. */
export function within(signals, name, [from, to]) {
  return signals[name].filter((_, i) => signals.time[i] >= from && signals.time[i] < to);
}

export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
