/**
 * How far a line of beats is from the peaks of the activation, measured modulo half a beat: the angle of the second harmonic of
 * the activation over the beat. Peaks on the beat and half-way between count the same, so that a line half a beat from what
 * the networks take for the beat stays where it is.
 */
export interface GridError {
  /** How clear the measurement is, 0..1: 0 without peaks, or with peaks anywhere. */
  readonly clear: number;
  /** Begins a measurement. */
  begin(): void;
  /** Takes an activation, 0..1, at a place in beats, with this weight, 0..1. */
  add(activation: number, place: number, weight: number): void;
  /** By how much the peaks are late of a line `offset` beats before ours, in beats: -0.25..0.25. */
  errorBeside(offset: number): number;
}

/** Sum of squared activations from which a beat is clear: one peak of 0.7, three frames wide. */
const fullSum = 0.7;

export function createGridError(): GridError {
  // Fractions as first values: V8 then stores these fields as numbers that change in place.
  const sum = { all: 0.5, cos: 0.5, sin: 0.5 };
  return {
    get clear() {
      return (Math.hypot(sum.cos, sum.sin) / Math.max(1e-9, sum.all)) * Math.min(1, sum.all / fullSum);
    },
    begin() {
      sum.all = 0;
      sum.cos = 0;
      sum.sin = 0;
    },
    add(activation, place, weight) {
      const power = weight * activation * activation;
      sum.all += power;
      sum.cos += power * Math.cos(4 * Math.PI * place);
      sum.sin += power * Math.sin(4 * Math.PI * place);
    },
    errorBeside(offset) {
      // The peaks are expected `offset` before our beats.
      const error = Math.atan2(sum.sin, sum.cos) / (4 * Math.PI) + offset;
      return error - Math.round(2 * error) / 2;
    },
  };
}
