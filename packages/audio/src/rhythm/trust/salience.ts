import { createActivationHeight } from "../activation/activation-height.ts";

/**
 * How clear the beat is now compared with the last minutes. In a breakdown without drums the networks guess. A filter
 * that took the guesses for evidence would drift, and towards slow tempi, which have fewer beats to miss.
 */
export interface Salience {
  /** Weight of new activations, 0..1. */
  readonly value: number;
  /** Current height of the peaks, 0..1: noise has 0.1 to 0.17, speech 0.2 to 0.3, music more. */
  readonly height: number;
  /** Processes one frame's beat activation, 0..1. */
  push(activation: number): void;
  reset(): void;
}

/** Time constant of the current height, in frames; then the half-life of the recent height. */
const nowFrames = 50;
const recentFrames = 6000;
/** Activations count for nothing where the height is below the first share of the recent height, in full above the second. */
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
