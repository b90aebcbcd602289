import { createRhythm } from "../src/rhythm/rhythm.ts";
import type { RhythmState } from "../src/rhythm/state.ts";

export interface Run {
  /** Frame times at which a beat went out, s. */
  beats: number[];
  /** Times at which `drop` rose, s. */
  drops: number[];
  /** The state at each frame. */
  states: RhythmState[];
  end: RhythmState;
}

/** Run a tracker over mono samples as the analyzer does, 60 frames a second. */
export const run = (samples: Float32Array, sampleRate = 44_100, rhythm = createRhythm({ sampleRate })): Run => {
  const beats: number[] = [];
  const drops: number[] = [];
  const states: RhythmState[] = [];
  const rest = { silentSeconds: 0, idle: false, steady: false, noise: false, loudNoise: false };
  let fed = 0;
  for (let k = 1; (k / 60) * sampleRate <= samples.length; k += 1) {
    const until = Math.round((k / 60) * sampleRate);
    rhythm.push(samples, fed, until);
    rest.silentSeconds = samples.subarray(fed, until).every((sample) => sample === 0) ? rest.silentSeconds + 1 / 60 : 0;
    rhythm.rest(rest);
    fed = until;
    if (rhythm.takeBeat(k / 60 + 1 / 120)) beats.push(k / 60);
    if (rhythm.state.drop === 1 && states.at(-1)?.drop !== 1) drops.push(k / 60);
    states.push({ ...rhythm.state });
  }
  return { beats, drops, states, end: { ...rhythm.state } };
};

/**
 * Share of the beats of a grid (first beat at `from`, until `to`) that were sent within 70 ms, and of the sent beats that
 * were on it.
 */
export const hitRate = (beats: number[], grid: { bpm: number; from: number; to: number; origin?: number }): number => {
  const { bpm, from, to, origin = 0 } = grid;
  const period = 60 / bpm;
  const sent = beats.filter((t) => t >= from && t < to);
  const wanted = Math.floor((to - origin) / period) - Math.ceil((from - origin) / period) + 1;
  const off = (t: number): number => Math.abs((t - origin) / period - Math.round((t - origin) / period)) * period;
  const hits = new Set(sent.filter((t) => off(t) <= 0.07).map((t) => Math.round((t - origin) / period))).size;
  return (2 * hits) / (wanted + sent.length);
};
