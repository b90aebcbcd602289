/** The tempo of a whole recording, from what was told of it frame by frame. */
export interface TempoSummary {
  /** @param bpm 0 where none is told. @param confidence in it, 0..1. @param seconds for how long */
  take(bpm: number, confidence: number, seconds: number): void;
  /** The tempo that was told with the most confidence for the longest time; 0 when none was, as in a recording without music. */
  readonly bpm: number;
}

const LOWEST_BPM = 40;
/** Width of a bin, as a factor, and the number of bins: up to 240 BPM. */
const BIN = 1.001;
const BINS = 1793;
/** Bins to each side that count as the same tempo: music drifts by some percent. */
const REACH = 30;
/** A tempo that was told for less than this at full confidence, s, may be chance. */
const LEAST_SECONDS = 0.5;

export function createTempoSummary(): TempoSummary {
  const weights = new Float64Array(BINS);
  const weightOf = (from: number, to: number): number => weights.subarray(Math.max(0, from), to + 1).reduce((sum, weight) => sum + weight, 0);

  return {
    take(bpm, confidence, seconds) {
      if (!(bpm > 0)) return;
      const bin = Math.round(Math.log(bpm / LOWEST_BPM) / Math.log(BIN));
      if (bin >= 0 && bin < BINS) weights[bin] = (weights[bin] ?? 0) + confidence * seconds;
    },
    get bpm() {
      let best = 0;
      let most = 0;
      for (let bin = 0; bin < BINS; bin += 1) {
        const weight = weightOf(bin - REACH, bin + REACH);
        if (weight <= most) continue;
        most = weight;
        best = bin;
      }
      if (most < LEAST_SECONDS) return 0;
      // The median: the first guesses of a tempo are a little off.
      let median = Math.max(0, best - REACH);
      while (weightOf(best - REACH, median) < most / 2) median += 1;
      return LOWEST_BPM * BIN ** median;
    },
  };
}
