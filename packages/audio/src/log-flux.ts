import type { PowerSpectrum } from "./power-spectrum.ts";

/** The peak level falls back by half in this time, s. */
const PEAK_HALF_LIFE_SECONDS = 6;
/** How far below the peak the logarithm begins to count: 40 dB. */
const RANGE = 100;
/** Quieter than this (-100 dBFS) nothing rises. */
const LEAST_PEAK = 1e-5;
const LOWEST_HZ = 30;
const HIGHEST_HZ = 16_000;

export interface LogFluxConfig {
  bandsPerOctave: number;
  /** The parts of the spectrum to look at, `[low, high]` in Hz. */
  parts: readonly (readonly [number, number])[];
  hopSeconds: number;
}

/** How much each part of the spectrum rose since the hop before: the mean of the logarithm over its bands. */
export interface LogFlux {
  readonly rises: Float64Array;
  /** Takes one hop. */
  update(): void;
  reset(): void;
}

/**
 * SuperFlux (Böck and Widmer 2013): half-wave rectified difference of a log-frequency, log-magnitude spectrum to the
 * maximum of three neighbouring bands before, so that vibrato is no onset. The logarithm follows the level.
 */
export function createLogFlux(spectrum: PowerSpectrum, config: LogFluxConfig): LogFlux {
  const { power, binHz } = spectrum;
  const edges = bandEdges(binHz, power.length, config.bandsPerOctave);
  const count = edges.length - 1;
  const spans = config.parts.map(([lowHz, highHz]) => [bandOf(edges, lowHz / binHz), bandOf(edges, highHz / binHz)] as const);
  const rises = new Float64Array(spans.length);
  const peakFall = 0.5 ** (config.hopSeconds / PEAK_HALF_LIFE_SECONDS);
  let now = new Float64Array(count);
  let before = new Float64Array(count);
  let peak = LEAST_PEAK;

  return {
    rises,
    update() {
      [now, before] = [before, now];
      peak = Math.max(LEAST_PEAK, peak * peakFall);
      for (let b = 0; b < count; b += 1) {
        let sum = 0;
        for (let k = edges[b] ?? 0; k < (edges[b + 1] ?? 0); k += 1) sum += power[k] ?? 0;
        const amplitude = Math.sqrt(sum);
        now[b] = amplitude;
        if (amplitude > peak) peak = amplitude;
      }
      for (let b = 0; b < count; b += 1) now[b] = Math.log1p((RANGE * (now[b] ?? 0)) / peak);
      spans.forEach(([from, to], part) => {
        let sum = 0;
        for (let b = from; b < to; b += 1) {
          const rise = (now[b] ?? 0) - Math.max(before[b] ?? 0, before[b - 1] ?? 0, before[b + 1] ?? 0);
          if (rise > 0) sum += rise;
        }
        rises[part] = to > from ? sum / (to - from) : 0;
      });
    },
    reset() {
      now.fill(0);
      before.fill(0);
      rises.fill(0);
      peak = LEAST_PEAK;
    },
  };
}

/** First bin of each band, and the end of the last; low bands are as wide as a bin. */
function bandEdges(binHz: number, bins: number, bandsPerOctave: number): number[] {
  const edges: number[] = [];
  for (let hz = LOWEST_HZ; hz <= HIGHEST_HZ; hz *= 2 ** (1 / bandsPerOctave)) {
    const bin = Math.max(1, Math.round(hz / binHz));
    if (bin < bins && bin > (edges.at(-1) ?? 0)) edges.push(bin);
  }
  return edges;
}

/** The first band that begins at or above a bin. */
function bandOf(edges: readonly number[], bin: number): number {
  const band = edges.findIndex((edge) => edge >= bin);
  return band < 0 ? edges.length - 1 : band;
}
