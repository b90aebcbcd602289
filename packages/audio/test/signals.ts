/** Test signals; deterministic. */

export function sine(hz: number, amplitude: number, seconds: number, sampleRate = 44_100): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) => {
    return amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRate);
  });
}

/** White noise between -amplitude and amplitude from a linear congruential generator. */
export function whiteNoise(amplitude: number, seconds: number, sampleRate = 44_100): Float32Array {
  let state = 12_345;
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 0x80000000 - 1);
  });
}

export function concat(...parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
