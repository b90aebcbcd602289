import { createDilatedNet } from "../../net/dilated-net.ts";
import { barNetWeights } from "./bar-net-weights.ts";
import { barStates, stateAfter } from "./bar-states.ts";
import type { BeatInputs } from "./beat-inputs.ts";

/**
 * The bar by a network over beats (after Krebs, Böck, Dorfer and Widmer 2016, "Downbeat tracking using beat-synchronous features and
 * recurrent networks"), here a `DilatedNet` that remembers 62 beats. It knows bars of three, five and seven that the table of the bar does
 * not find; the filter over the table is surer on music unlike that of the training.
 */
export interface BarNet {
  /** Log likelihood of each of `barStates` for the last beat that was taken, up to a constant, in the share of it that the filter may learn at each beat. */
  readonly learned: Float64Array;
  /** Factor for the probability of each of `barStates` at the last counted beat, which counts for the moment: all 1 before the first beat. */
  readonly momentary: Float64Array;
  /** Takes the beat that has ended. */
  step(beat: Pick<BeatInputs, "features" | "relative">): void;
  /** Advances by some beats. */
  advance(beats: number): void;
  reset(): void;
}

/**
 * Shares of the log likelihood. The network knows the whole past: most of it is to count once, not at each beat anew, and it is sure of
 * itself on music unlike that of its training, too.
 */
const learnedShare = 0.02;
const momentaryShare = 0.5;

export function createBarNet(): BarNet {
  const net = createDilatedNet(barNetWeights);
  const logits = net.exit("out");
  const learned = new Float64Array(barStates.length);
  const momentary = new Float64Array(barStates.length).fill(1);
  const turned = new Float64Array(barStates.length);
  return {
    learned,
    momentary,
    step({ features: { halves }, relative }) {
      for (let k = 0; k < halves.length; k += 1) net.input[k] = (halves[k] ?? NaN) - barNetWeights.centre;
      net.input.set(relative, halves.length);
      net.step();
      const most = Math.max(...logits);
      for (let s = 0; s < learned.length; s += 1) {
        const likelihood = (logits[s] ?? NaN) - most;
        learned[s] = learnedShare * likelihood;
        momentary[s] = Math.exp(momentaryShare * likelihood);
      }
    },
    advance(beats) {
      for (let s = 0; s < momentary.length; s += 1) turned[stateAfter(s, beats)] = momentary[s] ?? NaN;
      momentary.set(turned);
    },
    reset() {
      net.reset();
      momentary.fill(1);
    },
  };
}
