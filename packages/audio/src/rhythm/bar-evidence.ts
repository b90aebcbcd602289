import { BEAT_FEATURES, createBeatFeatures } from "./beat-features.ts";

/** How well the sound of a beat fits each place in a bar of four. */
export interface BarEvidence {
  /** Log likelihood of each place for the beat last weighed, up to a constant. */
  readonly places: Float64Array;
  /** Keep the bands' newest frame. */
  hear(): void;
  /** Weigh the beat that began `hops` frames ago and ends now, given its downbeat activation, 0..1. */
  weigh(hops: number, downbeat: number): void;
  reset(): void;
}

/**
 * Log likelihood of beat 1, 2, 3, 4 per unit that a feature lies above its mean: a forward filter fitted as a whole to 318 clips of
 * scripts/train-beats. A downbeat heard speaks for the one; a new chord or bass note too; where two beats differ most from the two
 * before, a bar began one beat ago.
 */
const WEIGHTS: Readonly<Record<(typeof BEAT_FEATURES)[number] | "downbeat", readonly [number, number, number, number]>> = {
  downbeat: [0.97, -0.73, -0.09, -0.15],
  kick: [0.05, 0.04, 0.02, -0.12],
  chord: [0.11, -0.11, 0.01, -0.01],
  bass: [0.09, -0.16, 0.12, -0.05],
  level: [0.17, -0.01, -0.22, 0.06],
  entry: [0.07, 0.14, -0.16, -0.05],
  turn: [-0.14, 0.25, 0.06, -0.18],
};
const PLACES = 4;
/** Beats over which the mean of a feature is taken. */
const MEMORY = 48;
/** A mean of fewer beats than this says nothing. */
const FEWEST = 3;

/** @param bands what `LogBands.values` holds after each frame */
export const createBarEvidence = (bands: Float64Array): BarEvidence => {
  const features = createBeatFeatures(bands);
  const places = new Float64Array(PLACES);
  const means = new Float64Array(BEAT_FEATURES.length);
  let count = 0;

  const add = (value: number, weights: readonly number[]): void => {
    for (let p = 0; p < PLACES; p++) places[p] = (places[p] ?? 0) + value * (weights[p] ?? 0);
  };

  return {
    places,
    hear: () => features.hear(),
    weigh(hops, downbeat) {
      features.take(hops);
      places.fill(0);
      count += 1;
      const pace = Math.max(1 / MEMORY, 1 / count);
      add(downbeat - 1 / PLACES, WEIGHTS.downbeat);
      BEAT_FEATURES.forEach((name, k) => {
        const value = features.values[k] ?? 0;
        const mean = (means[k] ?? 0) + pace * (value - (means[k] ?? 0));
        means[k] = mean;
        if (count >= FEWEST) add(value - mean, WEIGHTS[name]);
      });
    },
    reset() {
      features.reset();
      means.fill(0);
      count = 0;
    },
  };
};
