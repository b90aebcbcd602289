/** The instruments of the demo track. Each one is a pure function of time, so that any block can be rendered alone. */

const tau = 2 * Math.PI;

/** White noise, -1..1: the same for the same index, without state (an integer hash after Wellons' `lowbias32`). */
export function noise(index: number): number {
  let x = index | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 0x80000000 - 1;
}

/** A falling sine, `s` seconds after the hit. */
export function kick(s: number): number {
  const phase = 48 * s + 150 * 0.028 * (1 - Math.exp(-s / 0.028));
  return Math.sin(tau * phase) * Math.exp(-s / 0.13) + 0.2 * Math.sin(tau * 2400 * s) * Math.exp(-s / 0.003);
}

/** Noise without bass over a short tone. */
export function snare(s: number, index: number): number {
  if (s > 0.4) return 0;
  const hiss = noise(index) - 0.6 * noise(index - 1);
  return 0.6 * hiss * Math.exp(-s / 0.07) + 0.5 * Math.sin(tau * 195 * s) * Math.exp(-s / 0.05);
}

/** High-frequency noise only; `decay` in seconds. */
export function hat(s: number, index: number, decay: number): number {
  if (s > 8 * decay) return 0;
  return (noise(index) - 2 * noise(index - 1) + noise(index - 2)) * 0.3 * Math.exp(-s / decay);
}

/**
 * A dull sawtooth of `hz` at stream time `t`: harmonics 1..count, falling as 1/n. Each sine is computed from the two
 * before it: sin(nx) = 2 cos(x) sin((n-1)x) - sin((n-2)x).
 */
export function saw(hz: number, t: number, count: number): number {
  const x = tau * ((hz * t) % 1);
  const twiceCosine = 2 * Math.cos(x);
  let before = 0;
  let sine = Math.sin(x);
  let sum = 0;
  for (let n = 1; n <= count; n += 1) {
    sum += sine / n;
    [before, sine] = [sine, twiceCosine * sine - before];
  }
  return sum;
}
