/** The tempo of a whole recording, from the reports of all frames. */
export interface TempoSummary {
  /** @param bpm 0 where there is none. @param confidence in it, 0..1. @param seconds duration */
  take(bpm: number, confidence: number, seconds: number): void;
  /** The tempo that was reported with the most confidence for the longest time; 0 when none was, as in a recording without music. */
  readonly bpm: number;
}

const lowestBpm = 40;
/** Width of a bin, as a factor, and the number of bins: up to 240 BPM. */
const binRatio = 1.001;
const bins = 1793;
/** Bins on each side that count as the same tempo: music drifts by some percent. */
const reach = 30;
/** A tempo reported for less than this at full confidence, s, may be chance. */
const leastSeconds = 0.5;

export function createTempoSummary(): TempoSummary {
  const weights = new Float64Array(bins);
  const weightOf = (from: number, to: number): number => weights.subarray(Math.max(0, from), to + 1).reduce((sum, weight) => sum + weight, 0);

  return {
    take(bpm, confidence, seconds) {
      if (!(bpm > 0)) return;
      const bin = Math.round(Math.log(bpm / lowestBpm) / Math.log(binRatio));
      if (bin >= 0 && bin < bins) weights[bin] = (weights[bin] ?? NaN) + confidence * seconds;
    },
    get bpm() {
      let best = 0;
      let most = 0;
      for (let bin = 0; bin < bins; bin += 1) {
        const weight = weightOf(bin - reach, bin + reach);
        if (weight <= most) continue;
        most = weight;
        best = bin;
      }
      if (most < leastSeconds) return 0;
      // The median, because the first guesses of a tempo are slightly off.
      let median = Math.max(0, best - reach);
      while (weightOf(best - reach, median) < most / 2) median += 1;
      return lowestBpm * binRatio ** median;
    },
  };
}
