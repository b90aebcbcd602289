import { activationRate } from "../../rates.ts";
import type { TempoSpace } from "./space.ts";

/** The network's tempo probabilities, as weights for the pointer's tempi. */
export interface TempoEvidence {
  /** Factor for the probability of each tempo, once per step of the network. */
  readonly weights: Float64Array;
  /** @param classes probability of each tempo class, see `BeatNet.tempo`; `salience`, 0..1, is how much they count */
  update(classes: Float64Array, salience: number): void;
  /** Probability 0..1 that the tempo is within about 4 % of `bpm`. */
  chanceOf(bpm: number): number;
  /**
   * Share of a tempo in the summed probability of itself, its half and its double: near 0 where the network prefers the
   * half or the double, now or in the last seconds.
   */
  shareOf(bpm: number): number;
  reset(): void;
}

/** Tempo classes: the lowest, BPM, and the number per octave (TEMPI in scripts/train-beats/network.py). */
const lowestBpm = 50;
const perOctave = 24;
/** Weight of one step's evidence: consecutive steps are far from independent. */
const trust = 0.1;
/** Lowest likelihood of any tempo. */
const least = 0.02;
/** Time constant of the usual probabilities, in steps of 20 ms: a network in doubt prefers one octave for seconds. */
const usualSteps = 400;

export function createTempoEvidence({ shortest, tempi }: TempoSpace, classCount: number): TempoEvidence {
  const current = new Float64Array(classCount);
  const usual = new Float64Array(classCount);
  let steps = 0;
  const highestBpm = lowestBpm * 2 ** ((classCount - 1) / perOctave);
  const weights = new Float64Array(tempi).fill(1);
  const bpmOf = Float64Array.from({ length: tempi }, (_, i) => (60 * activationRate) / (shortest + i));

  /** Sum over the three classes around a tempo, the outer two counted in part. */
  function sumAround(chances: Float64Array, bpm: number): number {
    const place = Math.min(classCount - 1.001, Math.max(0, perOctave * Math.log2(bpm / lowestBpm)));
    const k = Math.floor(place);
    const upper = place - k;
    const inner = (chances[k] ?? NaN) + (chances[k + 1] ?? NaN);
    // There is no class below the first and above the last.
    return inner + (1 - upper) * (chances[k - 1] ?? 0) + upper * (chances[k + 2] ?? 0);
  }

  function shareIn(chances: Float64Array, bpm: number): number {
    const chance = least + sumAround(chances, bpm);
    const half = bpm / 2 < lowestBpm ? 0 : sumAround(chances, bpm / 2);
    const double = bpm * 2 > highestBpm ? 0 : sumAround(chances, bpm * 2);
    return chance / (chance + half + double);
  }

  return {
    weights,
    chanceOf: (bpm) => sumAround(current, bpm),
    shareOf: (bpm) => Math.min(shareIn(current, bpm), shareIn(usual, bpm)),
    update(classes, salience) {
      current.set(classes);
      steps += 1;
      const share = 1 / Math.min(usualSteps, steps);
      for (let k = 0; k < classCount; k += 1) usual[k] = (usual[k] ?? NaN) + ((classes[k] ?? NaN) - (usual[k] ?? NaN)) * share;
      for (let i = 0; i < tempi; i += 1) weights[i] = (least + sumAround(current, bpmOf[i] ?? NaN)) ** (trust * salience);
    },
    reset() {
      current.fill(0);
      usual.fill(0);
      steps = 0;
      weights.fill(1);
    },
  };
}
