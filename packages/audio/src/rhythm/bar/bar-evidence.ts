import { barStates } from "./bar-states.ts";
import { barTable } from "./bar-table.ts";
import { beatFeatureNames, createBeatFeatures } from "./beat-features.ts";
import { createBeatRepeats } from "./beat-repeats.ts";

/** How well the sound of a beat fits each place of each metre. */
export interface BarEvidence {
  /** Log likelihood of each of `barStates` for the last weighed beat, up to a constant. */
  readonly states: Float64Array;
  /** Stores the bands' newest frame. */
  push(): void;
  /** Weighs the beat that began `hops` frames ago and ends now, given its downbeat activation, 0..1. */
  weigh(hops: number, downbeat: number): void;
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
const stateCount = barStates.length;

/** Column of a place in a table: metres of more than four beats share one, with the places 1, 2, the last, and all between. */
function columnOf(beats: number, place: number): number {
  if (beats <= 4 || place < 2) return place;
  return place === beats - 1 ? 3 : 2;
}

/** Weight of an input in each state, from its table. */
function weightsOf(name: (typeof beatFeatureNames)[number] | "downbeat"): Float64Array {
  const tableOf = (beats: (typeof barStates)[number]["beats"]) => barTable.places[beats === 2 || beats === 3 || beats === 4 ? beats : "more"];
  return Float64Array.from(barStates, ({ beats, place }) => tableOf(beats)[name][columnOf(beats, place)] ?? NaN);
}

const downbeatWeights = weightsOf("downbeat");
const featureWeights = beatFeatureNames.map(weightsOf);
/** Weight of each distance to an earlier beat in each state. */
const repeatWeights = barTable.repeats[2].map((_, k) => Float64Array.from(barStates, ({ beats }) => barTable.repeats[beats][k] ?? NaN));

/** @param bands what `LogBands.values` holds after each frame */
export function createBarEvidence(bands: Float64Array): BarEvidence {
  const features = createBeatFeatures(bands);
  const repeats = createBeatRepeats(features.shape.length);
  const states = new Float64Array(stateCount);
  const means = new Float64Array(beatFeatureNames.length);
  let count = 0;

  function add(value: number, weights: Float64Array): void {
    for (let s = 0; s < stateCount; s += 1) states[s] = (states[s] ?? NaN) + value * (weights[s] ?? NaN);
  }

  return {
    states,
    push: () => features.push(),
    weigh(hops, downbeat) {
      features.take(hops);
      repeats.take(features.shape);
      states.fill(0);
      count += 1;
      const pace = Math.max(1 / memory, 1 / count);
      add(downbeat - usualDownbeat, downbeatWeights);
      featureWeights.forEach((weights, k) => {
        const value = features.values[k] ?? NaN;
        const mean = (means[k] ?? NaN) + pace * (value - (means[k] ?? NaN));
        means[k] = mean;
        if (count >= fewest) add(Math.max(-most, Math.min(most, value - mean)), weights);
      });
      repeatWeights.forEach((weights, k) => add(repeats.values[k] ?? NaN, weights));
    },
    reset() {
      features.reset();
      repeats.reset();
      means.fill(0);
      count = 0;
    },
  };
}
