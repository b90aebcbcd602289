/**
 * How much of the activation lies half-way between the beats. On right beats next to nothing does; at half the tempo, or off the beat,
 * the networks find beats there.
 */
export interface HalfBeat {
  /** Share of the squared activation, 0..1, in the last seconds; 0 before the first frame. */
  readonly share: number;
  /** Processes one frame's beat activation, 0..1. @param half how close the frame is to the middle between two beats, 0..1 */
  push(activation: number, half: number): void;
  reset(): void;
}

/** Time constant, in frames. */
const frames = 600;

export function createHalfBeat(): HalfBeat {
  const means = { all: 0, half: 0 };
  return {
    get share() {
      return means.all > 0 ? means.half / means.all : 0;
    },
    push(activation, half) {
      const square = activation * activation;
      means.all += (square - means.all) / frames;
      means.half += (square * half - means.half) / frames;
    },
    reset() {
      means.all = 0;
      means.half = 0;
    },
  };
}
