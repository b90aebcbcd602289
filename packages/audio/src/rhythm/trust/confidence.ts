import { createActivationHeight } from "../activation/activation-height.ts";

/** The chance that the tempo is right, learned from what the filter and the network say of themselves. */
export interface Confidence {
  /** Take one frame's beat activation, 0..1. */
  push(activation: number): void;
  /**
   * @param mass the pointer's share of probability in its hypothesis, 0..1
   * @param chance what the network holds of its tempo, 0..1
   * @returns 0..1: of moments with this value, about that share is within 4 % of the true tempo
   */
  of(mass: number, chance: number): number;
  reset(): void;
}

/** Logistic regression on music kept out of training: constant, log odds of mass, log of chance. */
const weights = [-0.34, 0.63, 0.58] as const;
/** Noise has peaks below the first, music above the second; between them confidence fades. */
const heightRange = [0.26, 0.38] as const;
/** Time constant of the height of beats, in frames. */
const heightFrames = 600;

/** A tempo with less than this share of the chance of its metrical levels may be the half or the double of the true one. */
const clearShare = 0.35;
/** What is left of the confidence at least: the tempo is still one of those that fit. */
const leastLeft = 0.25;

/** Factor 0.25..1 for a confidence, by what the network holds of half and double the tempo, see `TempoEvidence.shareOf`. */
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
