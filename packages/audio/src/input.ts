/** Rates from here on are divided down before anything else looks at the samples. */
const DECIMATE_FROM_HZ = 64_000;

/** Corner of the high-pass that takes a constant offset out. */
const DC_CORNER_HZ = 5;

/** What a sample may be at most; float sources may exceed 1 without being broken. */
const LARGEST_SAMPLE = 4;

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
  const factor = sampleRate < DECIMATE_FROM_HZ ? 1 : Math.max(2, Math.floor(sampleRate / 44_100));
  const rate = sampleRate / factor;
  const output = new Float32Array(Math.ceil(longest / factor) + 1);
  const pole = 1 - (2 * Math.PI * DC_CORNER_HZ) / sampleRate;
  const taps = lowPass(factor);
  // Written twice, so that the newest `taps.length` samples always lie in a row.
  const line = new Float64Array(taps.length * 2);
  let at = 0;
  let phase = 0;
  let previous = 0;
  let clean = 0;

  return {
    rate,
    output,
    take(mono, from, to) {
      let count = 0;
      for (let i = from; i < to; i += 1) {
        const raw = mono[i] ?? 0;
        const sample = Number.isFinite(raw) ? Math.max(-LARGEST_SAMPLE, Math.min(LARGEST_SAMPLE, raw)) : 0;
        clean = sample - previous + pole * clean;
        previous = sample;
        // A decaying tail must end in true zeros: subnormal numbers are slow, and silence must be silent.
        if (clean < 1e-9 && clean > -1e-9) clean = 0;
        if (factor === 1) {
          output[count] = clean;
          count += 1;
          continue;
        }
        line[at] = clean;
        line[at + taps.length] = clean;
        at = (at + 1) % taps.length;
        phase = (phase + 1) % factor;
        if (phase > 0) continue;
        let sum = 0;
        for (let k = 0; k < taps.length; k += 1) sum += (taps[k] ?? 0) * (line[at + k] ?? 0);
        output[count] = sum;
        count += 1;
      }
      return count;
    },
    reset() {
      line.fill(0);
      at = 0;
      phase = 0;
      previous = 0;
      clean = 0;
    },
  };
}

/** Windowed-sinc low-pass (Hamming) with its corner just below the new Nyquist frequency; unity gain at 0 Hz. */
function lowPass(factor: number): Float64Array {
  if (factor === 1) return new Float64Array(1).fill(1);
  const length = 32 * factor + 1;
  const middle = (length - 1) / 2;
  const taps = Float64Array.from({ length }, (_, i) => {
    const x = (i - middle) / factor;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * 0.96 * x) / (Math.PI * 0.96 * x);
    return sinc * (0.54 + 0.46 * Math.cos((Math.PI * (i - middle)) / middle));
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}
