import { barStates } from "./bar-states.ts";
import { barTable } from "./bar-table.ts";
import { beatFeatureNames } from "./beat-features.ts";

/** How well the sound of a beat fits each place of each metre. */
export interface BarEvidence {
  /** Log likelihood of each of `barStates` for the last weighed beat, up to a constant. */
  readonly states: Float64Array;
  /** Weighs a beat by the table. @param relative see `BeatInputs` @param known other evidence, a log likelihood of each state, which is added */
  weigh(relative: Float64Array, known: Float64Array): void;
}

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

/** Weights of each input in each state: of the downbeat, of each feature, and of each distance to an earlier beat. */
const inputWeights = [
  weightsOf("downbeat"),
  ...beatFeatureNames.map(weightsOf),
  ...barTable.repeats[2].map((_, k) => Float64Array.from(barStates, ({ beats }) => barTable.repeats[beats][k] ?? NaN)),
];

export function createBarEvidence(): BarEvidence {
  const states = new Float64Array(stateCount);
  return {
    states,
    weigh(relative, known) {
      states.set(known);
      inputWeights.forEach((weights, k) => {
        for (let s = 0; s < stateCount; s += 1) states[s] = (states[s] ?? NaN) + (relative[k] ?? NaN) * (weights[s] ?? NaN);
      });
    },
  };
}
