/** A Hann window of `size` samples (periodic). */
export function hann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
}

/** The power of two nearest to `seconds` at this rate (on a log scale). */
export function windowSize(seconds: number, rate: number): number {
  return 2 ** Math.round(Math.log2(seconds * rate));
}
