import { spectralCentroid, spectralFlatness } from "./meyda/extractors.ts";
import type { PowerSpectrum } from "../dsp/power-spectrum.ts";

/** Centroids up to the first are dark (0), from the second on bright (1), Hz. */
const darkHz = 150;
const brightHz = 8000;
/** Upper limit of the descriptors: above it there is mostly no sound, which would count as flat. */
const highestHz = 12_000;
/** Settling time of both, s. */
const smoothingSeconds = 0.12;

/** Descriptors of the colour of a sound. */
export interface Descriptors {
  /** Spectral centroid on a log scale, 0–1. */
  readonly brightness: number;
  /** Spectral flatness, 0–1. */
  readonly noisiness: number;
  /** Processes one frame of that spectrum; in silence both fall to 0. */
  update(audible: boolean, frameSeconds: number): void;
  reset(): void;
}

export function createDescriptors({ power, binHz }: PowerSpectrum): Descriptors {
  const amplitudes = new Float32Array(Math.min(power.length, Math.ceil(highestHz / binHz)));
  const octaves = Math.log2(brightHz / darkHz);

  const descriptors = {
    brightness: 0,
    noisiness: 0,
    update(audible: boolean, frameSeconds: number) {
      const share = 1 - Math.exp(-frameSeconds / smoothingSeconds);
      let brightness = 0;
      let noisiness = 0;
      if (audible) {
        // A logarithm of zero would make the flatness NaN.
        for (let k = 0; k < amplitudes.length; k += 1) amplitudes[k] = Math.sqrt(power[k] ?? NaN) + 1e-9;
        brightness = bounded(Math.log2((spectralCentroid(amplitudes) * binHz) / darkHz) / octaves);
        noisiness = bounded(spectralFlatness(amplitudes));
      }
      descriptors.brightness += (brightness - descriptors.brightness) * share;
      descriptors.noisiness += (noisiness - descriptors.noisiness) * share;
    },
    reset() {
      descriptors.brightness = 0;
      descriptors.noisiness = 0;
    },
  };
  return descriptors;
}

/** Limits to 0–1; NaN gives 0. */
function bounded(value: number): number {
  return value > 0 ? Math.min(1, value) : 0;
}
