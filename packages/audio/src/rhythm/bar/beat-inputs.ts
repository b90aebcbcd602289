import { beatFeatureNames, createBeatFeatures } from "./beat-features.ts";
import type { BeatFeatures } from "./beat-features.ts";
import { createBeatRepeats } from "./beat-repeats.ts";
import type { BeatRepeats } from "./beat-repeats.ts";

/** What the table and the network of the bar weigh of one beat. */
export interface BeatInputs {
  readonly features: BeatFeatures;
  readonly repeats: BeatRepeats;
  /** The downbeat activation and the features relative to what is usual, then the repeats. */
  readonly relative: Float64Array;
  /** Stores the bands' newest frame. */
  push(): void;
  /** Measures the beat that began `hops` frames ago and ends now, given its downbeat activation, 0..1. */
  take(hops: number, downbeat: number): void;
  reset(): void;
}

/** Beats over which the mean of a feature is taken. */
const memory = 48;
/** A mean of fewer beats than this is not used. */
const fewest = 3;
/** Largest distance of a value from its mean that is counted. */
const most = 4;
/** About the mean of the downbeat activation. */
const usualDownbeat = 0.25;

/** @param bands what `LogBands.values` holds after each frame */
export function createBeatInputs(bands: Float64Array): BeatInputs {
  const features = createBeatFeatures(bands);
  const repeats = createBeatRepeats(features.shape.length);
  const means = new Float64Array(beatFeatureNames.length);
  const relative = new Float64Array(1 + means.length + repeats.values.length);
  let count = 0;

  return {
    features,
    repeats,
    relative,
    push: () => features.push(),
    take(hops, downbeat) {
      features.take(hops);
      repeats.take(features.shape);
      count += 1;
      relative[0] = downbeat - usualDownbeat;
      const pace = Math.max(1 / memory, 1 / count);
      for (let k = 0; k < means.length; k += 1) {
        const value = features.values[k] ?? NaN;
        const mean = (means[k] ?? NaN) + pace * (value - (means[k] ?? NaN));
        means[k] = mean;
        relative[1 + k] = count < fewest ? 0 : Math.max(-most, Math.min(most, value - mean));
      }
      relative.set(repeats.values, 1 + means.length);
    },
    reset() {
      features.reset();
      repeats.reset();
      means.fill(0);
      count = 0;
    },
  };
}
