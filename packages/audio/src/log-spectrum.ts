import { LEVEL_BANDS, SPECTRUM_BINS } from "./audio-frame.ts";
import { CROSSOVER_HZ } from "./bands.ts";
import type { AnalyzerConfig } from "./config.ts";
import { loudness, meter, powerToDb } from "./decibel.ts";
import type { LevelInput } from "./levels.ts";
import { release, releaseShare } from "./release.ts";

const LOWEST_HZ = 20;
const HIGHEST_HZ = 20_000;
/** A bin is about a fifth of a level band: it holds this much less of a broad sound, dB. */
const NARROWER_DB = 4;

/** The 32 log-spaced bins. */
export interface LogSpectrum {
  /** One frame; `referenceDb` is that of the seven level bands. */
  update(frame: LevelInput, referenceDb: Float64Array, config: AnalyzerConfig, out: Float32Array): void;
}

/** Low edge of each bin in Hz, and the high edge of the last: 20 Hz to 20 kHz in equal ratios. */
export function spectrumEdges(): Float64Array {
  const ratio = Math.log(HIGHEST_HZ / LOWEST_HZ) / SPECTRUM_BINS;
  return Float64Array.from({ length: SPECTRUM_BINS + 1 }, (_, i) => LOWEST_HZ * Math.exp(i * ratio));
}

export function createLogSpectrum(): LogSpectrum {
  const edges = spectrumEdges();
  const powers = new Float64Array(SPECTRUM_BINS);
  const bandOfBin = Array.from({ length: SPECTRUM_BINS }, (_, i) => {
    const middle = Math.sqrt((edges[i] ?? 0) * (edges[i + 1] ?? 0));
    return LEVEL_BANDS.findIndex((band) => middle < band.highHz);
  });
  const perOctave = SPECTRUM_BINS / Math.log(HIGHEST_HZ / LOWEST_HZ);

  const add = (hz: number, power: number): void => {
    const bin = Math.floor(Math.log(hz / LOWEST_HZ) * perOctave);
    if (bin >= 0 && bin < SPECTRUM_BINS) powers[bin] = (powers[bin] ?? 0) + power;
  };

  return {
    update({ low, high, audible, frameSeconds }, referenceDb, config, out) {
      powers.fill(0);
      const lastLow = Math.min(low.power.length - 1, Math.ceil(CROSSOVER_HZ / low.binHz) + 2);
      for (let k = 1; k <= lastLow; k += 1) {
        const hz = low.hz[k] ?? 0;
        if (hz >= LOWEST_HZ && hz < CROSSOVER_HZ) add(hz, low.power[k] ?? 0);
      }
      for (let k = Math.ceil(CROSSOVER_HZ / high.binHz); k < high.power.length; k += 1) add(k * high.binHz, high.power[k] ?? 0);
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
