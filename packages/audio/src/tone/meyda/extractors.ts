/*!
 * Extractors of Meyda 5.6.3 (https://github.com/meyda/meyda), in the TypeScript of this project. Meyda's licence:
 *
 * The MIT License (MIT)
 *
 * Copyright (c) 2014 Hugh A. Rawlinson, Nevo Segal, Jakub Fiala
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 */

// The package itself is not installed: it lists its build tools among its dependencies. A test compares both.

/** Moment of an amplitude spectrum: Meyda's `mu`. */
function mu(i: number, amplitudes: Float32Array): number {
  let numerator = 0;
  let denominator = 0;
  for (let k = 0; k < amplitudes.length; k += 1) {
    const amplitude = amplitudes[k] ?? NaN;
    numerator += k ** i * Math.abs(amplitude);
    denominator += amplitude;
  }
  return numerator / denominator;
}

/** Meyda's `spectralCentroid`: centre of gravity of an amplitude spectrum, in bins; NaN in silence. */
export function spectralCentroid(amplitudes: Float32Array): number {
  return mu(1, amplitudes);
}

/** Meyda's `spectralFlatness`: geometric by arithmetic mean of an amplitude spectrum, 0 (tone) to 1 (noise); NaN where an amplitude is 0. */
export function spectralFlatness(amplitudes: Float32Array): number {
  let numerator = 0;
  let denominator = 0;
  for (let k = 0; k < amplitudes.length; k += 1) {
    const amplitude = amplitudes[k] ?? NaN;
    numerator += Math.log(amplitude);
    denominator += amplitude;
  }
  return (Math.exp(numerator / amplitudes.length) * amplitudes.length) / denominator;
}
