import type { PowerSpectrum } from "./power-spectrum.ts";

const LOWEST_HZ = 30;
const HIGHEST_HZ = 16_000;
const BANDS_PER_OCTAVE = 12;
/** The rise is taken against the spectrum this many hops ago: a shorter step misses soft attacks. */
const STEP_HOPS = 2;
/** The peak level falls back by half in this time, s. */
const PEAK_HALF_LIFE_SECONDS = 6;
/** How far below the peak the logarithm begins to count: 40 dB. */
const RANGE = 100;

/** How much each part of the spectrum rose. */
export interface LogFlux {
  /** The mean rise over all bands. */
  readonly all: number;
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** Takes one hop. */
  update(spectrum: PowerSpectrum): void;
  reset(): void;
}

/**
 * SuperFlux (Böck and Widmer 2013): half-wave rectified difference of a log-frequency, log-magnitude spectrum to the
 * maximum of three neighbouring bands shortly before, so that vibrato is no onset. The logarithm follows the level.
 */
export function createLogFlux(binHz: number, bins: number, hopSeconds: number): LogFlux {
  const edges = bandEdges(binHz, bins);
  const count = edges.length - 1;
  const history = Array.from({ length: STEP_HOPS + 1 }, () => new Float64Array(count));
  const peakFall = 0.5 ** (hopSeconds / PEAK_HALF_LIFE_SECONDS);
  const lowEnd = bandOf(edges, 150 / binHz);
  const midStart = bandOf(edges, 180 / binHz);
  const midEnd = bandOf(edges, 5000 / binHz);
  const highStart = bandOf(edges, 6500 / binHz);
  let peak = 0;
  let at = 0;

  const flux = {
    all: 0,
    low: 0,
    mid: 0,
    high: 0,
    update(spectrum: PowerSpectrum) {
      at = (at + 1) % history.length;
      const now = history[at];
      const before = history[(at + 1) % history.length];
      if (now === undefined || before === undefined) return;
      let loudest = 0;
      for (let b = 0; b < count; b += 1) {
        let sum = 0;
        for (let k = edges[b] ?? 0; k < (edges[b + 1] ?? 0); k += 1) sum += spectrum.power[k] ?? 0;
        now[b] = Math.sqrt(sum);
        loudest = Math.max(loudest, now[b] ?? 0);
      }
      peak = Math.max(loudest, peak * peakFall, 1e-5);
      let all = 0;
      let low = 0;
      let mid = 0;
      let high = 0;
      for (let b = 0; b < count; b += 1) {
        now[b] = Math.log1p((RANGE * (now[b] ?? 0)) / peak);
        const reference = Math.max(before[b] ?? 0, before[b - 1] ?? 0, before[b + 1] ?? 0);
        const rise = Math.max(0, (now[b] ?? 0) - reference);
        all += rise;
        if (b < lowEnd) low += rise;
        else if (b >= highStart) high += rise;
        else if (b >= midStart && b < midEnd) mid += rise;
      }
      flux.all = all / count;
      flux.low = low / Math.max(1, lowEnd);
      flux.mid = mid / Math.max(1, midEnd - midStart);
      flux.high = high / Math.max(1, count - highStart);
    },
    reset() {
      for (const spectrum of history) spectrum.fill(0);
      peak = 0;
      flux.all = flux.low = flux.mid = flux.high = 0;
    },
  };
  return flux;
}

/** First bin of each band, and the end of the last; low bands are as wide as a bin. */
function bandEdges(binHz: number, bins: number): number[] {
  const edges: number[] = [];
  for (let hz = LOWEST_HZ; hz <= HIGHEST_HZ; hz *= 2 ** (1 / BANDS_PER_OCTAVE)) {
    const bin = Math.max(1, Math.round(hz / binHz));
    if (bin < bins && bin > (edges.at(-1) ?? 0)) edges.push(bin);
  }
  return edges;
}

function bandOf(edges: readonly number[], bin: number): number {
  const band = edges.findIndex((edge) => edge >= bin);
  return band < 0 ? edges.length - 1 : band;
}
