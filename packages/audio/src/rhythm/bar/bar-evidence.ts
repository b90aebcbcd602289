import { beatFeatureNames, createBeatFeatures } from "./beat-features.ts";

/** How well the sound of a beat fits each place in a bar of four. */
export interface BarEvidence {
  /** Log likelihood of each place for the last weighed beat, up to a constant. */
  readonly places: Float64Array;
  /** Stores the bands' newest frame. */
  push(): void;
  /** Weighs the beat that began `hops` frames ago and ends now, given its downbeat activation, 0..1. */
  weigh(hops: number, downbeat: number): void;
  reset(): void;
}

/**
 * Log likelihood of beat 1, 2, 3, 4 per unit by which a feature lies above its mean: a forward filter fitted as a whole
 * to 408 clips of scripts/train-beats. A high downbeat activation is evidence for beat 1, and so is a new chord or bass
 * note. Where two beats differ most from the two before, a bar began one beat ago.
 */
const placeWeights: Readonly<Record<(typeof beatFeatureNames)[number] | "downbeat", readonly [number, number, number, number]>> = {
  downbeat: [1.17, -1.09, -0.03, -0.06],
  kick: [0.12, 0.01, 0.06, -0.2],
  chord: [0.11, -0.13, 0, 0.02],
  bass: [0.06, -0.13, 0.08, -0.01],
  level: [0.31, -0.17, -0.22, 0.08],
  entry: [0.07, 0.12, -0.16, -0.04],
  turn: [-0.11, 0.29, 0.09, -0.27],
};
const placeCount = 4;
/** Beats over which the mean of a feature is taken. */
const memory = 48;
/** A mean of fewer beats than this is not used. */
const fewest = 3;
/** Largest distance of a value from its mean that is counted. */
const most = 4;

/** @param bands what `LogBands.values` holds after each frame */
export function createBarEvidence(bands: Float64Array): BarEvidence {
  const features = createBeatFeatures(bands);
  const places = new Float64Array(placeCount);
  const means = new Float64Array(beatFeatureNames.length);
  let count = 0;

  function add(value: number, weights: readonly number[]): void {
    for (let p = 0; p < placeCount; p += 1) places[p] = (places[p] ?? 0) + value * (weights[p] ?? 0);
  }

  return {
    places,
    push: () => features.push(),
    weigh(hops, downbeat) {
      features.take(hops);
      places.fill(0);
      count += 1;
      const pace = Math.max(1 / memory, 1 / count);
      add(downbeat - 1 / placeCount, placeWeights.downbeat);
      beatFeatureNames.forEach((name, k) => {
        const value = features.values[k] ?? 0;
        const mean = (means[k] ?? 0) + pace * (value - (means[k] ?? 0));
        means[k] = mean;
        if (count >= fewest) add(Math.max(-most, Math.min(most, value - mean)), placeWeights[name]);
      });
    },
    reset() {
      features.reset();
      means.fill(0);
      count = 0;
    },
  };
}
