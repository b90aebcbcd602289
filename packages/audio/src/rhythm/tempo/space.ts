import { activationRate } from "../../rates.ts";

/** The tempi of the tracker, one per whole number of frames in a beat, and the probability of each change of tempo. */
export interface TempoSpace {
  /** Frames in the shortest beat; tempo i has `shortest + i` frames. */
  readonly shortest: number;
  readonly tempi: number;
  /** Index of the first state of each tempo in the array of all states; the last element is the number of states. */
  readonly first: Int32Array;
  /** Probability of changing from one tempo to another: change[from * tempi + to]; rows sum to 1. */
  readonly change: Float64Array;
  /** Probability of each tempo before any sound; sums to 1. */
  readonly prior: Float64Array;
}

/** 194 to 55 BPM: slightly wider than the reported range. */
const shortestFrames = 31;
const longestFrames = 109;
/** exp(-sharpness |ratio - 1|) for a change of tempo at a beat (Krebs, Böck, Widmer 2015). */
const sharpness = 100;
/** Share of the probability that starts again from the prior at each beat, so that a hard cut is followed quickly. */
const restart = 0.004;
const priorBpm = 110;
const priorOctaves = 0.8;

function normalise(values: Float64Array): Float64Array {
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((v) => v / sum);
}

export function createTempoSpace(): TempoSpace {
  const tempi = longestFrames - shortestFrames + 1;
  const lengths = Float64Array.from({ length: tempi }, (_, i) => shortestFrames + i);
  const first = new Int32Array(tempi + 1);
  lengths.forEach((n, i) => (first[i + 1] = (first[i] ?? NaN) + n));
  const prior = normalise(
    lengths.map((n) => Math.exp(-0.5 * (Math.log2((60 * activationRate) / n / priorBpm) / priorOctaves) ** 2)),
  );
  const change = new Float64Array(tempi * tempi);
  lengths.forEach((from, i) => {
    const row = normalise(lengths.map((to) => Math.exp(-sharpness * Math.abs(to / from - 1))));
    change.set(
      row.map((w, j) => (1 - restart) * w + restart * (prior[j] ?? NaN)),
      i * tempi,
    );
  });
  return { shortest: shortestFrames, tempi, first, change, prior };
}
