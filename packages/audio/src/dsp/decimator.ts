/** Keeps every n-th sample of a stream, after a low-pass. */
export interface Decimator {
  /** The samples of the last `take`, from index 0. */
  readonly output: Float32Array;
  /** Processes `samples[0..count)`; returns the number of samples in `output`. */
  take(samples: Float32Array, count: number): number;
  reset(): void;
}

/** Taps per kept sample: the transition band is a fifth of the new rate; beyond it the attenuation is 50 dB. */
const tapsPerSample = 16;
/** The corner, as a share of the new Nyquist frequency. */
const corner = 0.9;

/** @param longest largest number of samples in one `take` */
export function createDecimator(factor: number, longest: number): Decimator {
  const output = new Float32Array(Math.ceil(longest / factor) + 1);
  const taps = lowPass(factor);
  // Every sample is stored twice, so that the newest `taps.length` samples are always contiguous.
  const line = new Float64Array(taps.length * 2);
  let at = 0;
  let phase = 0;
  return {
    output,
    take(samples, count) {
      let kept = 0;
      for (let i = 0; i < count; i += 1) {
        const sample = samples[i] ?? NaN;
        line[at] = sample;
        line[at + taps.length] = sample;
        at = at + 1 === taps.length ? 0 : at + 1;
        phase = phase + 1 === factor ? 0 : phase + 1;
        if (phase > 0) continue;
        let sum = 0;
        for (let k = 0; k < taps.length; k += 1) sum += (taps[k] ?? NaN) * (line[at + k] ?? NaN);
        output[kept] = sum;
        kept += 1;
      }
      return kept;
    },
    reset() {
      line.fill(0);
      at = 0;
      phase = 0;
    },
  };
}

/** Windowed sinc (Hamming), gain 1 at 0 Hz. */
function lowPass(factor: number): Float64Array {
  if (factor === 1) return Float64Array.of(1);
  const length = tapsPerSample * factor + 1;
  const middle = (length - 1) / 2;
  const taps = Float64Array.from({ length }, (_, i) => {
    const x = (Math.PI * corner * (i - middle)) / factor;
    return (x === 0 ? 1 : Math.sin(x) / x) * (0.54 + 0.46 * Math.cos((Math.PI * (i - middle)) / middle));
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}
