/** Criteria for an onset. */
export interface PeakPickerConfig {
  /** Seconds between two calls. */
  hopSeconds: number;
  /** An onset is this many times the mean of the recent past, */
  overMean: number;
  /** and exceeds that by this share of the usual peak. */
  threshold: number;
  /** Two onsets are at least this far apart, s. */
  gapSeconds: number;
  /** The usual peak falls back by half in this time, s. */
  memorySeconds: number;
  /** Lower limit of the usual peak, so that noise has no onsets. */
  leastPeak: number;
}

/** Finds the peaks of a detection function as they happen. */
export interface PeakPicker {
  /** The last value relative to the usual peak, 0–1. */
  readonly relative: number;
  /**
   * Processes the next value; returns the strength 0–1 of a peak at the *previous* value, or 0. A value that is not
   * `eligible` is not an onset and does not change the usual peak.
   */
  push(value: number, eligible?: boolean): number;
  reset(): void;
}

/** Time constant of the mean of the recent past, s. */
const meanSeconds = 0.03;

/**
 * A value is an onset when it is a local maximum and exceeds an adaptive threshold (Bello et al. 2005; Dixon 2006).
 * It looks one hop ahead.
 */
export function createPeakPicker(config: PeakPickerConfig): PeakPicker {
  const { hopSeconds, overMean, threshold, leastPeak } = config;
  const meanShare = 1 - Math.exp(-hopSeconds / meanSeconds);
  const fall = 0.5 ** (hopSeconds / config.memorySeconds);
  const gapHops = Math.round(config.gapSeconds / hopSeconds);
  const atStart = { mean: 0, peak: leastPeak, last: 0, beforeLast: 0, lastEligible: false, sinceOnset: gapHops };
  const past = { ...atStart };

  const picker = {
    relative: 0,
    push(value: number, eligible = true) {
      const { last } = past;
      past.sinceOnset += 1;
      const stands = last > past.beforeLast && last >= value && last > overMean * past.mean + threshold * past.peak;
      const isOnset = stands && past.lastEligible && past.sinceOnset >= gapHops;
      const strength = isOnset ? Math.min(1, last / past.peak) : 0;
      if (isOnset) past.sinceOnset = 0;
      past.mean += (last - past.mean) * meanShare;
      past.peak = Math.max(leastPeak, past.peak * fall, past.lastEligible ? last : 0);
      past.beforeLast = last;
      past.last = value;
      past.lastEligible = eligible;
      picker.relative = Math.min(1, value / past.peak);
      return strength;
    },
    reset() {
      Object.assign(past, atStart);
      picker.relative = 0;
    },
  };
  return picker;
}
