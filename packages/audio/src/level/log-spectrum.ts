import { levelBands, spectrumBins, spectrumHighHz, spectrumLowHz } from "../bands.ts";
import { createBandSum } from "./band-sum.ts";
import type { AnalyzerConfig } from "../config.ts";
import { loudness, meter, powerToDb } from "./decibel.ts";
import type { LevelInput } from "./levels.ts";
import { release, releaseShare } from "./release.ts";

/** A bin is about a fifth of a level band, so it holds this much less of a broad sound, dB. */
const narrowerDb = 4;

/** The 32 log-spaced bins. */
export interface LogSpectrum {
  /** Computes one frame into `out`; `referenceDb` is the reference of the seven level bands. */
  update(frame: LevelInput, referenceDb: Float64Array, config: AnalyzerConfig, out: Float32Array): void;
}

export function createLogSpectrum(): LogSpectrum {
  const edges = Float64Array.from({ length: spectrumBins + 1 }, (_, i) => {
    return spectrumLowHz * (spectrumHighHz / spectrumLowHz) ** (i / spectrumBins);
  });
  const bandOfBin = Int32Array.from({ length: spectrumBins }, (_, i) => {
    const middle = Math.sqrt((edges[i] ?? NaN) * (edges[i + 1] ?? NaN));
    return levelBands.findIndex((band) => middle < band.highHz);
  });
  const sumBins = createBandSum(edges);
  const powers = new Float64Array(spectrumBins);
  return {
    update({ spectra, audible, frameSeconds }, referenceDb, config, out) {
      sumBins(spectra, powers);
      const share = releaseShare(config.smoothing, frameSeconds);
      for (let i = 0; i < spectrumBins; i += 1) {
        const db = powerToDb(powers[i] ?? NaN);
        const reference = (referenceDb[bandOfBin[i] ?? NaN] ?? NaN) - narrowerDb;
        const target = !audible ? 0 : config.autoGain ? loudness(db, reference) : meter(db);
        out[i] = release(out[i] ?? NaN, target, share);
      }
    },
  };
}
