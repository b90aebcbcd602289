import type { History } from "./history.ts";
import { createRealFft } from "./real-fft.ts";
import { hann } from "./window.ts";

/** Power spectrum of the newest samples under a Hann window. */
export interface PowerSpectrum {
  /** Length of the window in samples. */
  readonly size: number;
  /** Distance of the bins in Hz. */
  readonly binHz: number;
  /** One value per bin from 0 Hz to Nyquist; the values of a sine of amplitude 1 sum to 1 over its main lobe. */
  readonly power: Float64Array;
  /** Real and imaginary parts alternating, not scaled. */
  readonly complex: Float64Array;
  /** Measures the newest `size` samples. */
  measure(history: History): void;
}

export function createPowerSpectrum(size: number, rate: number): PowerSpectrum {
  const fft = createRealFft(size);
  const complex = fft.output;
  const window = hann(size);
  const input = new Float64Array(size);
  const power = new Float64Array(size / 2 + 1);
  const scale = 4 / (size * window.reduce((sum, w) => sum + w * w, 0));
  return {
    size,
    binHz: rate / size,
    power,
    complex,
    measure(history) {
      const { samples } = history;
      const start = history.start(size);
      for (let i = 0; i < size; i += 1) input[i] = (samples[start + i] ?? NaN) * (window[i] ?? NaN);
      fft.transform(input);
      for (let k = 0; k < power.length; k += 1) {
        const re = complex[2 * k] ?? NaN;
        const im = complex[2 * k + 1] ?? NaN;
        power[k] = (re * re + im * im) * scale;
      }
    },
  };
}
