import { createActivationHeight } from "../activation/activation-height.ts";

/**
 * How much of a beat there is to hear, beside what there was lately. In a breakdown without drums the networks guess; a filter that
 * takes guesses for news drifts off, and towards slow tempi, which have fewer beats to miss.
 */
export interface Salience {
  /** 0..1: how far news of the beat count. */
  readonly value: number;
  /** How high the peaks are now, 0..1: noise has 0.1 to 0.17, speech 0.2 to 0.3, music more. */
  readonly height: number;
  /** Take one frame's beat activation, 0..1. */
  hear(activation: number): void;
  reset(): void;
}

/** Time constant of the height now, in frames; what it was like lately is forgotten by half in so many. */
const NOW_FRAMES = 50;
const LATELY_FRAMES = 6000;
/** News count for nothing where the height is below the first share of what it was, in full above the second. */
const SHARES = [0.35, 0.5] as const;

export const createSalience = (): Salience => {
  const height = createActivationHeight(NOW_FRAMES);
  const lately = { height: 0 };
  const salience = {
    value: 1,
    get height() {
      return height.value;
    },
    hear(activation: number): void {
      height.hear(activation);
      lately.height = Math.max(lately.height * 0.5 ** (1 / LATELY_FRAMES), height.value);
      const share = lately.height > 0 ? height.value / lately.height : 1;
      salience.value = Math.min(1, Math.max(0, (share - SHARES[0]) / (SHARES[1] - SHARES[0])));
    },
    reset(): void {
      height.reset();
      lately.height = 0;
      salience.value = 1;
    },
  };
  return salience;
};
