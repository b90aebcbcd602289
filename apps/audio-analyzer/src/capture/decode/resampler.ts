/** Converts sound from one rate to another. */
export interface Resampler {
  /** Processes the next samples; returns the resulting output. */
  push(samples: Float32Array): Float32Array;
  /** The remaining output. */
  end(): Float32Array;
}

/** Reach of the low-pass on each side, in samples of the lower of the two rates. */
const reach = 8;
/** The corner, as a share of the lower of the two Nyquist frequencies. */
const corner = 0.9;

/** @param from Hz @param to Hz */
export function createResampler(from: number, to: number): Resampler {
  const step = from / to;
  // Passed cycles per input sample, times two.
  const width = corner * Math.min(1, 1 / step);
  const half = reach * Math.max(1, step);
  let kept: Float32Array = new Float32Array(Math.ceil(half));
  /** Input time of `kept[0]`, and the number of output samples so far. */
  let start = -kept.length;
  let made = 0;

  const take = (samples: Float32Array): Float32Array => {
    const input = new Float32Array(kept.length + samples.length);
    input.set(kept);
    input.set(samples, kept.length);
    const last = start + input.length - half;
    const count = Math.max(0, Math.ceil(last / step) - made);
    const output = new Float32Array(count);
    for (let i = 0; i < count; i += 1) {
      const at = (made + i) * step;
      const first = Math.ceil(at - half);
      let sum = 0;
      let gain = 0;
      for (let k = first; k <= at + half; k += 1) {
        const weight = sincWindow((k - at) * width, (k - at) / half);
        sum += weight * (input[k - start] ?? 0);
        gain += weight;
      }
      output[i] = sum / gain;
    }
    made += count;
    const drop = Math.max(0, Math.min(input.length, Math.floor(made * step - half) - start));
    kept = input.slice(drop);
    start += drop;
    return output;
  };

  return {
    push: take,
    end: () => take(new Float32Array(Math.ceil(half))),
  };
}

/** A sinc of `x` half waves under a Hann window that ends at 1. */
function sincWindow(x: number, share: number): number {
  const wave = Math.PI * x;
  return (wave === 0 ? 1 : Math.sin(wave) / wave) * (0.5 + 0.5 * Math.cos(Math.PI * share));
}

/** Sound of one rate. */
export interface Sound {
  readonly samples: Float32Array;
  /** Hz */
  readonly sampleRate: number;
}

/** Converts all sound to the rate chosen for the first part. */
export interface RateKeeper {
  push(samples: Float32Array, sampleRate: number): Sound;
  /** The remaining output. */
  end(): Sound;
}

/** @param chooseRate the output rate for sound that begins with this rate, Hz; called for each new rate, and may throw */
export function createRateKeeper(chooseRate: (rate: number) => number): RateKeeper {
  let input = Number.NaN;
  let output = 0;
  let resampler: Resampler | undefined;
  const nothing = new Float32Array(0);
  const rest = (): Float32Array => resampler?.end() ?? nothing;
  return {
    push(samples, sampleRate) {
      let before: Float32Array = nothing;
      if (sampleRate !== input) {
        before = rest();
        const chosen = chooseRate(sampleRate);
        if (output === 0) output = chosen;
        input = sampleRate;
        resampler = sampleRate === output ? undefined : createResampler(sampleRate, output);
      }
      const after = resampler?.push(samples) ?? samples;
      if (before.length === 0) return { samples: after, sampleRate: output };
      const both = new Float32Array(before.length + after.length);
      both.set(before);
      both.set(after, before.length);
      return { samples: both, sampleRate: output };
    },
    end: () => ({ samples: rest(), sampleRate: output }),
  };
}
