import { createActivationHeight } from "../activation/activation-height.ts";

/**
 * How much of a beat there is to hear, beside what there was in the last minutes. In a breakdown without drums the networks guess; a filter that
 * takes guesses for news drifts off, and towards slow tempi, which have fewer beats to miss.
 */
export interface Salience {
  /** 0..1: how far news of the beat count. */
  readonly value: number;
  /** How high the peaks are now, 0..1: noise has 0.1 to 0.17, speech 0.2 to 0.3, music more. */
  readonly height: number;
  /** Take one frame's beat activation, 0..1. */
  push(activation: number): void;
  reset(): void;
}

/** Time constant of the height now, in frames; the recent one is halved in so many. */
const nowFrames = 50;
const recentFrames = 6000;
/** News count for nothing where the height is below the first share of what it was, in full above the second. */
const shares = [0.35, 0.5] as const;

export function createSalience(): Salience {
  const height = createActivationHeight(nowFrames);
  const recent = { height: 0 };
  const salience = {
    value: 1,
    get height() {
      return height.value;
    },
    push(activation: number): void {
      height.push(activation);
      recent.height = Math.max(recent.height * 0.5 ** (1 / recentFrames), height.value);
      const share = recent.height > 0 ? height.value / recent.height : 1;
      salience.value = Math.min(1, Math.max(0, (share - shares[0]) / (shares[1] - shares[0])));
    },
    reset(): void {
      height.reset();
      recent.height = 0;
      salience.value = 1;
    },
  };
  return salience;
}
