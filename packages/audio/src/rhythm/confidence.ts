/** The chance that the tempo is right, learned from what the filter and the network say of themselves. */
export interface Confidence {
  /** Take one frame's beat activation, 0..1. */
  hear(activation: number): void;
  /**
   * @param mass the pointer's share of probability in its hypothesis, 0..1
   * @param chance what the network holds of its tempo, 0..1
   * @returns 0..1: of moments with this value, about that share is within 4 % of the true tempo
   */
  of(mass: number, chance: number): number;
  reset(): void;
}

/** Logistic regression on music kept out of training: constant, log odds of mass, log of chance. */
const WEIGHTS = [-0.34, 0.63, 0.58] as const;
/** Noise has peaks below the first, music above the second; between them confidence fades. */
const HEIGHT_RANGE = [0.26, 0.38] as const;
/** Time constant of the height of beats, in frames. */
const HEIGHT_FRAMES = 600;

export const createConfidence = (): Confidence => {
  const heard = { mean: 0, square: 0 };

  return {
    hear(activation) {
      heard.mean += (activation - heard.mean) / HEIGHT_FRAMES;
      heard.square += (activation * activation - heard.square) / HEIGHT_FRAMES;
    },
    of(mass, chance) {
      const m = Math.min(0.999, Math.max(0.02, mass));
      // Mean height of the activation's peaks, whatever their number: a frame counts as much as it is high.
      const height = heard.mean > 0 ? heard.square / heard.mean : 0;
      const musical = Math.min(1, Math.max(0, (height - HEIGHT_RANGE[0]) / (HEIGHT_RANGE[1] - HEIGHT_RANGE[0])));
      const z = WEIGHTS[0] + WEIGHTS[1] * Math.log(m / (1 - m)) + WEIGHTS[2] * Math.log(chance + 0.02);
      return musical / (1 + Math.exp(-z));
    },
    reset() {
      heard.mean = 0;
      heard.square = 0;
    },
  };
};
