import { createActivationHeight } from "../activation/activation-height.ts";

/** Probability that the tempo is right, learned from the outputs of the filter and the network. */
export interface Confidence {
  /** Processes one frame's beat activation, 0..1. */
  push(activation: number): void;
  /**
   * @param mass the pointer's probability in its hypothesis, 0..1
   * @param chance the network's probability of that tempo, 0..1
   * @returns 0..1: of the moments with this value, about that share is within 4 % of the true tempo
   */
  of(mass: number, chance: number): number;
  reset(): void;
}

/** Logistic regression on music kept out of training: constant, log odds of mass, log of chance. */
const weights = [-0.34, 0.63, 0.58] as const;
/** Peaks of noise are below the first height, peaks of music above the second; between them confidence fades. */
const heightRange = [0.26, 0.38] as const;
/** Time constant of the mean peak height, in frames. */
const heightFrames = 600;

/** A tempo with less than this share of the probability of its metrical levels may be half or double the true one. */
const clearShare = 0.35;
/** Smallest factor: even then the tempo is one of those that fit. */
const leastLeft = 0.25;

/** Factor 0.25..1 for a confidence, by the network's probability of half and double the tempo, see `TempoEvidence.shareOf`. */
export function levelDoubt(share: number): number {
  return Math.max(leastLeft, Math.min(1, share / clearShare));
}

export function createConfidence(): Confidence {
  const height = createActivationHeight(heightFrames);

  return {
    push: (activation) => height.push(activation),
    of(mass, chance) {
      const m = Math.min(0.999, Math.max(0.02, mass));
      const musical = Math.min(1, Math.max(0, (height.value - heightRange[0]) / (heightRange[1] - heightRange[0])));
      const z = weights[0] + weights[1] * Math.log(m / (1 - m)) + weights[2] * Math.log(chance + 0.02);
      return musical / (1 + Math.exp(-z));
    },
    reset: () => height.reset(),
  };
}
