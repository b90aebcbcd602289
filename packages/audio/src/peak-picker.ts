/** How an onset must stand out. */
export interface PeakPickerConfig {
  /** Seconds between two calls. */
  hopSeconds: number;
  /** An onset exceeds the local mean by more than half, and by this share of the usual peak. */
  threshold: number;
  /** Two onsets are at least this far apart, s. */
  gapSeconds: number;
}

/** Finds the peaks of a detection function as they happen. */
export interface PeakPicker {
  /** The last value against the usual peak, 0–1. */
  readonly relative: number;
  /** Takes the next value; returns the strength 0–1 of the peak that the *previous* value was, or 0. */
  push(value: number): number;
  reset(): void;
}

/** The mean is taken over about this long, s. */
const MEAN_SECONDS = 0.03;
/** What an onset must be of the mean at least. */
const OVER_MEAN = 1.6;
/** The usual peak falls by half in this time, s. */
const PEAK_HALF_LIFE_SECONDS = 2;
/** Below it nothing is a peak: the rise that noise makes by itself. */
const LEAST_PEAK = 0.5;

/**
 * A value is an onset when it is a local maximum and exceeds the mean of the recent past by a share of the usual
 * peak height (the adaptive threshold of Bello et al. 2005). It looks one hop ahead, no further.
 */
export function createPeakPicker({ hopSeconds, threshold, gapSeconds }: PeakPickerConfig): PeakPicker {
  const meanShare = 1 - Math.exp(-hopSeconds / MEAN_SECONDS);
  const fall = 0.5 ** (hopSeconds / PEAK_HALF_LIFE_SECONDS);
  const gapHops = Math.round(gapSeconds / hopSeconds);
  let mean = 0;
  let peak = LEAST_PEAK;
  let last = 0;
  let beforeLast = 0;
  let sinceOnset = gapHops;

  const picker = {
    relative: 0,
    push(value: number) {
      sinceOnset += 1;
      const isPeak = last > beforeLast && last >= value && last > OVER_MEAN * mean + threshold * peak && sinceOnset >= gapHops;
      const strength = isPeak ? Math.min(1, last / peak) : 0;
      if (isPeak) sinceOnset = 0;
      mean += (last - mean) * meanShare;
      peak = Math.max(LEAST_PEAK, peak * fall, last);
      beforeLast = last;
      last = value;
      picker.relative = Math.min(1, value / Math.max(peak, value));
      return strength;
    },
    reset() {
      mean = 0;
      peak = LEAST_PEAK;
      last = 0;
      beforeLast = 0;
      sinceOnset = gapHops;
      picker.relative = 0;
    },
  };
  return picker;
}
