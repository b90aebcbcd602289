/** Criteria for an onset. */
export interface PeakPickerConfig {
  /** Seconds between two calls. */
  hopSeconds: number;
  /** An onset is this many times the mean of the last moments, */
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

/** Time constant of the mean of the last moments, s. */
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
  const recent = { ...atStart };

  const picker = {
    relative: 0,
    push(value: number, eligible = true) {
      const { last } = recent;
      recent.sinceOnset += 1;
      const stands = last > recent.beforeLast && last >= value && last > overMean * recent.mean + threshold * recent.peak;
      const isOnset = stands && recent.lastEligible && recent.sinceOnset >= gapHops;
      const strength = isOnset ? Math.min(1, last / recent.peak) : 0;
      if (isOnset) recent.sinceOnset = 0;
      recent.mean += (last - recent.mean) * meanShare;
      recent.peak = Math.max(leastPeak, recent.peak * fall, recent.lastEligible ? last : 0);
      recent.beforeLast = last;
      recent.last = value;
      recent.lastEligible = eligible;
      picker.relative = Math.min(1, value / recent.peak);
      return strength;
    },
    reset() {
      Object.assign(recent, atStart);
      picker.relative = 0;
    },
  };
  return picker;
}
