/** Centre of gravity of an amplitude spectrum, in bins; NaN in silence. */
export function spectralCentroid(amplitudes: Float32Array): number {
  let weighted = 0;
  let sum = 0;
  for (let k = 0; k < amplitudes.length; k += 1) {
    const amplitude = amplitudes[k] ?? NaN;
    weighted += k * amplitude;
    sum += amplitude;
  }
  return weighted / sum;
}

/** Geometric by arithmetic mean of an amplitude spectrum, 0 (tone) to 1 (noise); NaN where an amplitude is 0. */
export function spectralFlatness(amplitudes: Float32Array): number {
  let logarithms = 0;
  let sum = 0;
  for (let k = 0; k < amplitudes.length; k += 1) {
    const amplitude = amplitudes[k] ?? NaN;
    logarithms += Math.log(amplitude);
    sum += amplitude;
  }
  return (Math.exp(logarithms / amplitudes.length) * amplitudes.length) / sum;
}
