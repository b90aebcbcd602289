import { LEVEL_BANDS } from "./audio-frame.ts";
import type { PowerSpectrum } from "./power-spectrum.ts";
import type { ReassignedSpectrum } from "./reassigned-spectrum.ts";

/** Below it the long reassigned window decides, above it the short one, which answers twice as fast. */
export const CROSSOVER_HZ = 500;

/** Sums the energy of both windows into the level bands; a sine of amplitude 1 gives 1 in its band. */
export function sumBands(low: ReassignedSpectrum, high: PowerSpectrum, into: Float64Array): void {
  for (let b = 0; b < LEVEL_BANDS.length; b += 1) into[b] = 0;
  const lastLow = Math.min(low.power.length - 1, Math.ceil(CROSSOVER_HZ / low.binHz) + 2);
  for (let k = 1; k <= lastLow; k += 1) {
    const band = bandAt(low.hz[k] ?? 0);
    if (band >= 0 && band < 3) into[band] = (into[band] ?? 0) + (low.power[k] ?? 0);
  }
  for (let k = Math.ceil(CROSSOVER_HZ / high.binHz); k < high.power.length; k += 1) {
    const band = bandAt(k * high.binHz);
    if (band >= 3) into[band] = (into[band] ?? 0) + (high.power[k] ?? 0);
  }
}

function bandAt(hz: number): number {
  for (let b = 0; b < LEVEL_BANDS.length; b += 1) {
    const band = LEVEL_BANDS[b];
    if (band !== undefined && hz >= band.lowHz && hz < band.highHz) return b;
  }
  return -1;
}
