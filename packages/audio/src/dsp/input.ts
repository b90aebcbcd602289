import { createDecimator } from "./decimator.ts";

/** Rates from here on are divided down before anything else looks at the samples. */
const decimateFromHz = 64_000;
/** … to about this. */
const usualHz = 44_100;

/** Corner of the high-pass that takes a constant offset out. */
const dcCornerHz = 5;

/** What a sample may be at most; float sources may exceed 1 without being broken. */
const largestSample = 4;

/** The door: finite, offset-free samples at a rate between 8 and 64 kHz. */
export interface Input {
  /** Samples per second of `output`. */
  readonly rate: number;
  /** The cleaned samples of the last `take`, from index 0. */
  readonly output: Float32Array;
  /** Takes `mono[from..to)`, at most `longest` of them; returns how many samples `output` holds now. */
  take(mono: Float32Array, from: number, to: number): number;
  reset(): void;
}

/** @param longest the most samples that one `take` will bring */
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
        const raw = mono[i] ?? 0;
        const sample = Number.isFinite(raw) ? Math.max(-largestSample, Math.min(largestSample, raw)) : 0;
        value = sample - previous + pole * value;
        previous = sample;
        // A decaying tail must end in true zeros: subnormal numbers are slow, and silence must be silent.
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
