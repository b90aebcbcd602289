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
const MEAN_SECONDS = 0.03;

/**
 * A value is an onset when it is a local maximum and exceeds an adaptive threshold (Bello et al. 2005; Dixon 2006).
 * It looks one hop ahead, no further.
 */
export function createPeakPicker(config: PeakPickerConfig): PeakPicker {
  const { hopSeconds, overMean, threshold, leastPeak } = config;
  const meanShare = 1 - Math.exp(-hopSeconds / MEAN_SECONDS);
  const fall = 0.5 ** (hopSeconds / config.memorySeconds);
  const gapHops = Math.round(config.gapSeconds / hopSeconds);
  let mean = 0;
  let peak = leastPeak;
  let last = 0;
  let beforeLast = 0;
  let lastEligible = false;
  let sinceOnset = gapHops;

  const picker = {
    relative: 0,
    push(value: number, eligible = true) {
      sinceOnset += 1;
      const stands = last > beforeLast && last >= value && last > overMean * mean + threshold * peak;
      const isOnset = stands && lastEligible && sinceOnset >= gapHops;
      const strength = isOnset ? Math.min(1, last / peak) : 0;
      if (isOnset) sinceOnset = 0;
      mean += (last - mean) * meanShare;
      peak = Math.max(leastPeak, peak * fall, lastEligible ? last : 0);
      beforeLast = last;
      last = value;
      lastEligible = eligible;
      picker.relative = Math.min(1, value / peak);
      return strength;
    },
    reset() {
      mean = 0;
      peak = leastPeak;
      last = 0;
      beforeLast = 0;
      lastEligible = false;
      sinceOnset = gapHops;
      picker.relative = 0;
    },
  };
  return picker;
}
