import type { History } from "./history.ts";
import type { PowerSpectrum } from "./power-spectrum.ts";
import { createRealFft } from "./real-fft.ts";

/** Energy of the main lobe and the first side lobes of a tone is moved to the tone; a larger shift, in bins, is noise. */
const furthestBins = 8;

/** Finds the true frequency of the energy in each bin of a power spectrum. */
export interface Reassignment {
  /** One frequency in Hz per bin. */
  readonly hz: Float64Array;
  /** Measures the samples that the spectrum measured last. */
  measure(history: History): void;
}

/**
 * Frequency reassignment (Kodera et al. 1976; Auger and Flandrin 1995): the quotient of the spectra under the window's
 * derivative and under the window. It puts a 40 Hz tone below 60 Hz although the window's main lobe reaches 80 Hz.
 */
export function createReassignment({ size, binHz, complex }: PowerSpectrum): Reassignment {
  const fft = createRealFft(size);
  const { output } = fft;
  const derivative = Float64Array.from({ length: size }, (_, i) => (Math.PI / size) * Math.sin((2 * Math.PI * i) / size));
  const input = new Float64Array(size);
  const hz = new Float64Array(size / 2 + 1);
  const binsPerRadian = size / (2 * Math.PI);
  return {
    hz,
    measure(history) {
      const { samples } = history;
      const start = history.start(size);
      for (let i = 0; i < size; i += 1) input[i] = (samples[start + i] ?? NaN) * (derivative[i] ?? NaN);
      fft.transform(input);
      for (let k = 0; k < hz.length; k += 1) {
        const re = complex[2 * k] ?? NaN;
        const im = complex[2 * k + 1] ?? NaN;
        const square = re * re + im * im;
        const cross = (output[2 * k + 1] ?? NaN) * re - (output[2 * k] ?? NaN) * im;
        const shift = square > 0 ? (cross / square) * binsPerRadian : 0;
        hz[k] = (k - Math.max(-furthestBins, Math.min(furthestBins, shift))) * binHz;
      }
    },
  };
}
