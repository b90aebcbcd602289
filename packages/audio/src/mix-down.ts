/**
 * The mean of `channels` interleaved channels, into `mono` from index 0; returns the number of mono samples.
 * An incomplete last frame is left out. Throws RangeError when `channels` is not 1–8 or `mono` is too short.
 */
export function mixDown(interleaved: Float32Array, channels: number, mono: Float32Array): number {
  if (!Number.isInteger(channels) || channels < 1 || channels > 8) {
    throw new RangeError(`channels is ${channels}; it must be a whole number from 1 to 8`);
  }
  const count = Math.floor(interleaved.length / channels);
  if (mono.length < count) throw new RangeError(`the mono buffer holds ${mono.length} samples; ${count} are needed`);
  for (let i = 0; i < count; i += 1) {
    let sum = 0;
    for (let c = 0; c < channels; c += 1) sum += interleaved[i * channels + c] ?? 0;
    mono[i] = sum / channels;
  }
  return count;
}
