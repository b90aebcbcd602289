/** How an onset must stand out. */
export interface PeakPickerConfig {
  /** Seconds between two calls. */
  hopSeconds: number;
  /** An onset is this many times the mean of the recent past … */
  overMean: number;
  /** … and exceeds that by this share of the usual peak. */
  threshold: number;
  /** Two onsets are at least this far apart, s. */
  gapSeconds: number;
  /** The usual peak falls back by half in this time, s. */
  memorySeconds: number;
  /** The usual peak is never less than this: what noise does by itself is no onset. */
  leastPeak: number;
}

/** Finds the peaks of a detection function as they happen. */
export interface PeakPicker {
  /** The last value against the usual peak, 0–1. */
  readonly relative: number;
  /**
   * Takes the next value; returns the strength 0–1 of the peak that the *previous* value was, or 0.
   * What is not `eligible` is no onset, and no measure for others.
   */
  push(value: number, eligible?: boolean): number;
  reset(): void;
}

/** The mean of the recent past reaches back about this far, s. */
const meanSeconds = 0.03;

/**
 * A value is an onset when it is a local maximum and exceeds an adaptive threshold (Bello et al. 2005; Dixon 2006).
 * It looks one hop ahead, no further.
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
