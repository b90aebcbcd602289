import type { History } from "../dsp/history.ts";
import { createRealFft } from "../dsp/real-fft.ts";
import { hann } from "../dsp/window.ts";

/** Sound below the first frequency is mostly bass drum and counts by `bassWeight`; from the second on it counts in full, Hz. */
const bassBelowHz = 140;
const fullFromHz = 225;
const bassWeight = 0.2;

/** Self-similarity of a sound at each lag. */
export interface WeightedCorrelation {
  /** Lags per second: twice the sample rate. */
  readonly lagRate: number;
  /** By lag; 1 at lag 0, about 1 again at each period of a clean tone. Long lags are slightly damped. */
  readonly values: Float64Array;
  /** Multiplying `values` by these moves the peaks to their true places, but raises the noise between long lags. */
  readonly gains: Float64Array;
  /** Measures the newest `size` samples. */
  measure(history: History): void;
}

/**
 * The generalised autocorrelation (Tolonen and Karjalainen 2000): the transform of the *amplitude* spectrum, not of its
 * square, so that one loud partial or drum dominates less. Padding doubles the resolution of the lags.
 */
export function createWeightedCorrelation(size: number, rate: number): WeightedCorrelation {
  const forward = createRealFft(size * 2);
  const backward = createRealFft(size * 4);
  const window = hann(size);
  const input = new Float64Array(size * 2);
  const amplitudes = new Float64Array(size * 4);
  const spectrum = forward.output;
  const correlation = backward.output;
  const values = new Float64Array(size);
  const weights = Float64Array.from({ length: size + 1 }, (_, k) => {
    const position = ((k * rate) / (2 * size) - bassBelowHz) / (fullFromHz - bassBelowHz);
    return k === 0 ? 0 : bassWeight + (1 - bassWeight) * Math.max(0, Math.min(1, position));
  });
  // The window damps longer lags by the square of this.
  const gains = Float64Array.from({ length: size }, (_, lag) => {
    return 1 / Math.sqrt(Math.max(0.2, 0.5 + 0.5 * Math.cos((Math.PI * lag) / size)));
  });

  return {
    lagRate: rate * 2,
    values,
    gains,
    measure(history) {
      const { samples } = history;
      const start = history.start(size);
      for (let i = 0; i < size; i += 1) input[i] = (samples[start + i] ?? NaN) * (window[i] ?? NaN);
      forward.transform(input);
      for (let k = 1; k <= size; k += 1) {
        const re = spectrum[2 * k] ?? NaN;
        const im = spectrum[2 * k + 1] ?? NaN;
        const amplitude = Math.sqrt(re * re + im * im) * (weights[k] ?? NaN);
        amplitudes[k] = amplitude;
        amplitudes[4 * size - k] = amplitude;
      }
      backward.transform(amplitudes);
      const whole = correlation[0] ?? NaN;
      for (let lag = 0; lag < size; lag += 1) {
        values[lag] = whole > 0 ? ((correlation[2 * lag] ?? NaN) / whole) * (gains[lag] ?? NaN) : 0;
      }
    },
  };
}
