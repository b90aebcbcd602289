import type { PowerSpectrum } from "../dsp/power-spectrum.ts";

/** Narrow enough to separate semitones where the bins allow it. */
const bandsPerOctave = 24;
const lowestHz = 30;
const highestHz = 16_000;
/** The peak level falls back by half in this time, s. */
const peakHalfLifeSeconds = 6;
/** The logarithm covers this range below the peak: 40 dB. */
const range = 100;
/** Below this level (-100 dBFS) no rise is measured. */
const leastPeak = 1e-5;

/** Measures the rise of the spectrum. */
export interface LogFlux {
  /** Processes one hop of the spectrum; returns the mean rise of its logarithm since the previous hop. */
  next(): number;
  reset(): void;
}

/**
 * SuperFlux (Böck and Widmer 2013): half-wave rectified difference of a log-frequency, log-magnitude spectrum to the
 * maximum of three neighbouring bands before, so that vibrato is not an onset. The logarithm follows the level.
 */
export function createLogFlux({ power, binHz }: PowerSpectrum, hopSeconds: number): LogFlux {
  const [first = 0, ...ends] = bandEdges(binHz, power.length);
  const count = ends.length;
  const peakFall = 0.5 ** (hopSeconds / peakHalfLifeSeconds);
  // One empty band on either side: reading past the end of an array is slow.
  let now = new Float64Array(count + 2);
  let before = new Float64Array(count + 2);
  const last = { peak: leastPeak };

  return {
    next() {
      const spare = before;
      before = now;
      now = spare;
      let peak = Math.max(leastPeak, last.peak * peakFall);
      let band = 0;
      let bin = first;
      for (const end of ends) {
        let sum = 0;
        for (; bin < end; bin += 1) sum += power[bin] ?? NaN;
        const amplitude = Math.sqrt(sum);
        band += 1;
        now[band] = amplitude;
        if (amplitude > peak) peak = amplitude;
      }
      last.peak = peak;
      let rises = 0;
      for (let b = 1; b <= count; b += 1) {
        const value = Math.log1p((range * (now[b] ?? NaN)) / peak);
        now[b] = value;
        const rise = value - Math.max(before[b] ?? NaN, before[b - 1] ?? NaN, before[b + 1] ?? NaN);
        if (rise > 0) rises += rise;
      }
      return rises / count;
    },
    reset() {
      now.fill(0);
      before.fill(0);
      last.peak = leastPeak;
    },
  };
}

/** First bin of each band, and the end of the last; low bands are as wide as a bin. */
function bandEdges(binHz: number, bins: number): number[] {
  const edges: number[] = [];
  for (let hz = lowestHz; hz <= highestHz; hz *= 2 ** (1 / bandsPerOctave)) {
    const bin = Math.max(1, Math.round(hz / binHz));
    if (bin < bins && bin > (edges.at(-1) ?? 0)) edges.push(bin);
  }
  return edges;
}
