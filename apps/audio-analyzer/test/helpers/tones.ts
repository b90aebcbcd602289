const rate = 44_100;

/** Interleaved stereo: a sine of the given frequency and amplitude. */
export function stereoTone(hz: number, seconds: number, amplitude = 0.5): Float32Array {
  const samples = new Float32Array(rate * seconds * 2);
  for (let i = 0; i < samples.length; i += 1) samples[i] = amplitude * Math.sin((2 * Math.PI * hz * (i >> 1)) / rate);
  return samples;
}
