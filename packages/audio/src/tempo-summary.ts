/** The tempo of a whole recording, from what was told of it frame by frame. */
export interface TempoSummary {
  /** @param bpm 0 where none is told. @param confidence in it, 0..1. @param seconds for how long */
  take(bpm: number, confidence: number, seconds: number): void;
  /** The tempo that was told with the most confidence for the longest time; 0 when none was, as in a recording without music. */
  readonly bpm: number;
}

const LOWEST_BPM = 40;
/** Width of a bin, as a factor, and the number of bins: up to 240 BPM. */
const BIN = 1.01;
const BINS = 181;
/** Bins to each side that count as the same tempo: music drifts by some percent. */
const REACH = 3;
/** A tempo that was told for less than this at full confidence, s, may be chance. */
const LEAST_SECONDS = 0.5;

export function createTempoSummary(): TempoSummary {
  const weights = new Float64Array(BINS);
  const sums = new Float64Array(BINS);

  const around = (values: Float64Array, bin: number): number =>
    values.subarray(Math.max(0, bin - REACH), bin + REACH + 1).reduce((sum, value) => sum + value, 0);

  return {
    take(bpm, confidence, seconds) {
      if (!(bpm > 0)) return;
      const bin = Math.round(Math.log(bpm / LOWEST_BPM) / Math.log(BIN));
      if (bin < 0 || bin >= BINS) return;
      const weight = confidence * seconds;
      weights[bin] = (weights[bin] ?? 0) + weight;
      sums[bin] = (sums[bin] ?? 0) + weight * bpm;
    },
    get bpm() {
      let best = 0;
      for (let bin = 1; bin < BINS; bin += 1) if (around(weights, bin) > around(weights, best)) best = bin;
      const weight = around(weights, best);
      return weight < LEAST_SECONDS ? 0 : around(sums, best) / weight;
    },
  };
}
