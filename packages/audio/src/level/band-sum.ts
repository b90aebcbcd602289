import type { PowerSpectrum } from "../dsp/power-spectrum.ts";
import type { Reassignment } from "../dsp/reassignment.ts";

/**
 * Below this frequency the long, reassigned window is used; above it the short one, which reacts twice as fast. It lies
 * in the middle of a level band: at lower frequencies the short window could not separate two bands.
 */
const crossoverHz = 1000;

/** The two spectra of one moment from which levels are computed. */
export interface Spectra {
  long: PowerSpectrum;
  reassignment: Reassignment;
  short: PowerSpectrum;
}

/** Fills `into` with the energy of each band; a sine of amplitude 1 gives 1 in its band. */
export type BandSum = (spectra: Spectra, into: Float64Array) => void;

/** @param edges of the bands in Hz, rising; one more than the number of bands */
export function createBandSum(edges: Float64Array): BandSum {
  const lowest = edges[0] ?? NaN;
  const highest = edges[edges.length - 1] ?? NaN;
  function bandAt(hz: number): number {
    let band = 0;
    while (hz >= (edges[band + 1] ?? Infinity)) band += 1;
    return band;
  }
  return ({ long, reassignment, short }, into) => {
    into.fill(0);
    const lastLong = Math.min(long.power.length - 1, Math.ceil(crossoverHz / long.binHz) + 2);
    let band = 0;
    for (let k = 1; k <= lastLong; k += 1) {
      const hz = reassignment.hz[k] ?? NaN;
      if (hz < lowest || hz >= crossoverHz) continue;
      band = bandAt(hz);
      into[band] = (into[band] ?? NaN) + (long.power[k] ?? NaN);
    }
    const firstShort = Math.ceil(crossoverHz / short.binHz);
    band = bandAt(firstShort * short.binHz);
    for (let k = firstShort; k < short.power.length; k += 1) {
      const hz = k * short.binHz;
      if (hz >= highest) break;
      while (hz >= (edges[band + 1] ?? Infinity)) band += 1;
      into[band] = (into[band] ?? NaN) + (short.power[k] ?? NaN);
    }
  };
}
