import { activationRate } from "../../rates.ts";

/** The tempi that the tracker knows, one for every whole number of frames in a beat, and how likely each follows each. */
export interface TempoSpace {
  /** Frames in the shortest beat; tempo i has `shortest + i`. */
  readonly shortest: number;
  readonly tempi: number;
  /** First state of each tempo in one array of all states, and at the end the number of states. */
  readonly first: Int32Array;
  /** change[from * tempi + to], rows sum to 1. */
  readonly change: Float64Array;
  /** Chance of each tempo before any sound; sums to 1. */
  readonly prior: Float64Array;
}

/** 194 to 55 BPM: a little more than what is reported. */
const shortestFrames = 31;
const longestFrames = 109;
/** exp(-sharpness |ratio - 1|) for a change of tempo at a beat (Krebs, Böck, Widmer 2015). */
const sharpness = 100;
/** Share that starts afresh at each beat, so that a hard cut is found again. */
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
  lengths.forEach((n, i) => (first[i + 1] = (first[i] ?? 0) + n));
  const prior = normalise(
    lengths.map((n) => Math.exp(-0.5 * (Math.log2((60 * activationRate) / n / priorBpm) / priorOctaves) ** 2)),
  );
  const change = new Float64Array(tempi * tempi);
  lengths.forEach((from, i) => {
    const row = normalise(lengths.map((to) => Math.exp(-sharpness * Math.abs(to / from - 1))));
    change.set(
      row.map((w, j) => (1 - restart) * w + restart * (prior[j] ?? 0)),
      i * tempi,
    );
  });
  return { shortest: shortestFrames, tempi, first, change, prior };
}
