import { LEVEL_BANDS, SPECTRUM_BINS } from "../frame.ts";
import { createBandSum } from "./band-sum.ts";
import type { AnalyzerConfig } from "../config.ts";
import { loudness, meter, powerToDb } from "./decibel.ts";
import type { LevelInput } from "./levels.ts";
import { release, releaseShare } from "./release.ts";

const LOWEST_HZ = 20;
const HIGHEST_HZ = 20_000;
/** A bin is about a fifth of a level band: it holds this much less of a broad sound, dB. */
const NARROWER_DB = 4;

/** The 32 log-spaced bins. */
export interface LogSpectrum {
  /** One frame into `out`; `referenceDb` is that of the seven level bands. */
  update(frame: LevelInput, referenceDb: Float64Array, config: AnalyzerConfig, out: Float32Array): void;
}

export function createLogSpectrum(): LogSpectrum {
  const edges = Float64Array.from({ length: SPECTRUM_BINS + 1 }, (_, i) => {
    return LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (i / SPECTRUM_BINS);
  });
  const bandOfBin = Int32Array.from({ length: SPECTRUM_BINS }, (_, i) => {
    const middle = Math.sqrt((edges[i] ?? 0) * (edges[i + 1] ?? 0));
    return LEVEL_BANDS.findIndex((band) => middle < band.highHz);
  });
  const sumBins = createBandSum(edges);
  const powers = new Float64Array(SPECTRUM_BINS);
  return {
    update({ spectra, audible, frameSeconds }, referenceDb, config, out) {
      sumBins(spectra, powers);
      const share = releaseShare(config.smoothing, frameSeconds);
      for (let i = 0; i < SPECTRUM_BINS; i += 1) {
        const db = powerToDb(powers[i] ?? 0);
        const reference = (referenceDb[bandOfBin[i] ?? 0] ?? 0) - NARROWER_DB;
        const target = !audible ? 0 : config.autoGain ? loudness(db, reference) : meter(db);
        out[i] = release(out[i] ?? 0, target, share);
      }
    },
  };
}
