import FFT from "fft.js";
import type { PowerSpectrum } from "./power-spectrum.ts";
import { hann } from "./window.ts";

/** A power spectrum that also knows at which frequency the energy of each bin really lies. */
export interface ReassignedSpectrum extends PowerSpectrum {
  /** For each bin, the frequency in Hz that its energy belongs to. */
  readonly hz: Float64Array;
}

/**
 * Frequency reassignment (Kodera 1976; Auger and Flandrin 1995): the quotient of the spectra under the window and
 * under its derivative tells the true frequency of what is seen in a bin. It puts a 40 Hz tone below 60 Hz with a
 * window so short that its main lobe reaches 80 Hz. Both spectra come out of one complex transform.
 */
export function createReassignedSpectrum(size: number, rate: number): ReassignedSpectrum {
  const fft = new FFT(size);
  const window = hann(size);
  const derivative = Float64Array.from({ length: size }, (_, i) => (Math.PI / size) * Math.sin((2 * Math.PI * i) / size));
  const input = new Float64Array(size * 2);
  const output = new Float64Array(size * 2);
  const bins = size / 2 + 1;
  const power = new Float64Array(bins);
  const hz = new Float64Array(bins);
  const binHz = rate / size;
  const scale = 4 / (size * window.reduce((sum, w) => sum + w * w, 0));
  return {
    binHz,
    power,
    hz,
    measure(history) {
      const { samples } = history;
      const start = history.start(size);
      for (let i = 0; i < size; i += 1) {
        const sample = samples[start + i] ?? 0;
        input[2 * i] = sample * (window[i] ?? 0);
        input[2 * i + 1] = sample * (derivative[i] ?? 0);
      }
      fft.transform(output, input);
      for (let k = 0; k < bins; k += 1) {
        const mirror = k === 0 ? 0 : size - k;
        const a = output[2 * k] ?? 0;
        const b = output[2 * k + 1] ?? 0;
        const c = output[2 * mirror] ?? 0;
        const d = output[2 * mirror + 1] ?? 0;
        // The even part is the spectrum of the first signal, the odd part that of the second.
        const re = (a + c) / 2;
        const im = (b - d) / 2;
        const dRe = (b + d) / 2;
        const dIm = (c - a) / 2;
        const square = re * re + im * im;
        power[k] = square * scale;
        const shift = square > 0 ? ((dIm * re - dRe * im) / square) * (rate / (2 * Math.PI)) : 0;
        // Further than the main lobe is not reassignment but noise.
        hz[k] = k * binHz - Math.max(-2 * binHz, Math.min(2 * binHz, shift));
      }
    },
  };
}
