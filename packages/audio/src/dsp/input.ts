import { createDecimator } from "./decimator.ts";

/** Streams with at least this rate are decimated before any other processing. */
const decimateFromHz = 64_000;
/** Rate after decimation is close to this. */
const usualHz = 44_100;

/** Corner of the high-pass that removes a constant offset. */
const dcCornerHz = 5;

/** Limit of a sample; float sources may exceed 1 without being broken. */
const largestSample = 4;

/** Cleans the input: finite, offset-free samples at a rate between 8 and 64 kHz. */
export interface Input {
  /** Samples per second of `output`. */
  readonly rate: number;
  /** The cleaned samples of the last `take`, from index 0. */
  readonly output: Float32Array;
  /** Processes `mono[from..to)`, at most `longest` samples; returns the number of samples in `output`. */
  take(mono: Float32Array, from: number, to: number): number;
  reset(): void;
}

/** @param longest largest number of samples in one `take` */
export function createInput(sampleRate: number, longest: number): Input {
  const factor = sampleRate < decimateFromHz ? 1 : Math.max(2, Math.floor(sampleRate / usualHz));
  const clean = new Float32Array(longest);
  const decimator = createDecimator(factor, longest);
  const pole = 1 - (2 * Math.PI * dcCornerHz) / sampleRate;
  const last = { raw: 0, clean: 0 };

  return {
    rate: sampleRate / factor,
    output: factor === 1 ? clean : decimator.output,
    take(mono, from, to) {
      let previous = last.raw;
      let value = last.clean;
      for (let i = from; i < to; i += 1) {
        const raw = mono[i] ?? NaN;
        const sample = Number.isFinite(raw) ? Math.max(-largestSample, Math.min(largestSample, raw)) : 0;
        value = sample - previous + pole * value;
        previous = sample;
        // Set a decayed tail to exactly 0: subnormal numbers are slow, and silence must be silent.
        if (value < 1e-9 && value > -1e-9) value = 0;
        clean[i - from] = value;
      }
      last.raw = previous;
      last.clean = value;
      return factor === 1 ? to - from : decimator.take(clean, to - from);
    },
    reset() {
      decimator.reset();
      last.raw = 0;
      last.clean = 0;
    },
  };
}
