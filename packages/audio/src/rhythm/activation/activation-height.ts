/** Recent height of the peaks of the beat activation. */
export interface ActivationHeight {
  /**
   * Mean height of the peaks, independent of their number: each frame is weighted by its own height. 0..1, 0 before the
   * first frame.
   */
  readonly value: number;
  /** Processes one frame's activation, 0..1. */
  push(activation: number): void;
  reset(): void;
}

/** @param frames time constant */
export function createActivationHeight(frames: number): ActivationHeight {
  const means = { first: 0, square: 0 };
  return {
    get value() {
      return means.first > 0 ? means.square / means.first : 0;
    },
    push(activation) {
      means.first += (activation - means.first) / frames;
      means.square += (activation * activation - means.square) / frames;
    },
    reset() {
      means.first = 0;
      means.square = 0;
    },
  };
}
