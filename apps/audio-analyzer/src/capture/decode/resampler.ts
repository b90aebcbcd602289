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
/** Rates whose output has more places between two input samples than this are rare: their weights are made for each sample. */
const mostPlaces = 50_000;

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

  // With whole rates the places of the output between two input samples repeat, so their weights are made once.
  const places = Number.isInteger(from) && Number.isInteger(to) ? to / divisor(from, to) : Number.POSITIVE_INFINITY;
  const known: Taps[] = [];
  const tapsOf = (sample: number, share: number): Taps =>
    places > mostPlaces ? makeTaps(share, half, width) : (known[sample % places] ??= makeTaps(share, half, width));

  const take = (samples: Float32Array): Float32Array => {
    const input = new Float32Array(kept.length + samples.length);
    input.set(kept);
    input.set(samples, kept.length);
    const last = start + input.length - half;
    const count = Math.max(0, Math.ceil(last / step) - made);
    const output = new Float32Array(count);
    for (let i = 0; i < count; i += 1) {
      const at = ((made + i) * from) / to;
      const base = Math.floor(at);
      const { first, weights } = tapsOf(made + i, at - base);
      const begin = base + first - start;
      let sum = 0;
      for (let k = 0; k < weights.length; k += 1) sum += (weights[k] ?? 0) * (input[begin + k] ?? 0);
      output[i] = sum;
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

/** Weights of the input samples around a place; `first` counts from the input sample before it. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/** @param share place between two input samples, 0–1 @param half reach in input samples @param width cycles per input sample, times two */
function makeTaps(share: number, half: number, width: number): Taps {
  const first = Math.ceil(share - half);
  const weights = new Float64Array(Math.floor(share + half) - first + 1);
  let gain = 0;
  for (let k = 0; k < weights.length; k += 1) {
    const distance = first + k - share;
    const weight = sincWindow(distance * width, distance / half);
    weights[k] = weight;
    gain += weight;
  }
  for (let k = 0; k < weights.length; k += 1) weights[k] = (weights[k] ?? 0) / gain;
  return { first, weights };
}

/** The greatest common divisor. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
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
