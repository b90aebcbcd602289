import { LEVEL_BANDS, LEVEL_COUNT } from "./audio-frame.ts";
import { createAutoGain } from "./auto-gain.ts";
import { sumBands } from "./bands.ts";
import type { AnalyzerConfig } from "./config.ts";
import { loudness, meter, powerToDb } from "./decibel.ts";
import type { PowerSpectrum } from "./power-spectrum.ts";
import type { ReassignedSpectrum } from "./reassigned-spectrum.ts";
import { release, releaseShare } from "./release.ts";

/** Index of the overall RMS among the levels. */
export const RMS = LEVEL_BANDS.length;

/** The eight level channels. */
export interface Levels {
  /** What looks like 1, per channel, dBFS. */
  readonly referenceDb: Float64Array;
  /** How loud it is now, 0–1, before any release; for envelopes. */
  readonly loudness: number;
  /**
   * One frame: from both spectra and the mean square of the newest samples into `out`.
   * `audible` is false in silence: then levels fall to 0 and nothing is learned.
   */
  update(frame: LevelInput, config: AnalyzerConfig, out: Float32Array): void;
  reset(): void;
}

export interface LevelInput {
  low: ReassignedSpectrum;
  high: PowerSpectrum;
  /** Twice the mean square, so that a full-scale sine is 1. */
  power: number;
  audible: boolean;
  frameSeconds: number;
}

export function createLevels(): Levels {
  const gain = createAutoGain();
  const powers = new Float64Array(LEVEL_COUNT);
  const levelDb = new Float64Array(LEVEL_COUNT);
  const levels = {
    referenceDb: gain.referenceDb,
    loudness: 0,
    update(frame: LevelInput, config: AnalyzerConfig, out: Float32Array) {
      sumBands(frame.low, frame.high, powers);
      powers[RMS] = frame.power;
      for (let i = 0; i < LEVEL_COUNT; i += 1) levelDb[i] = powerToDb(powers[i] ?? 0);
      if (frame.audible) gain.update(levelDb, frame.frameSeconds);
      const share = releaseShare(config.smoothing, frame.frameSeconds);
      for (let i = 0; i < LEVEL_COUNT; i += 1) {
        const db = levelDb[i] ?? 0;
        const target = !frame.audible ? 0 : config.autoGain ? loudness(db, gain.referenceDb[i] ?? 0) : meter(db);
        out[i] = release(out[i] ?? 0, target, share);
        if (i === RMS) levels.loudness = target;
      }
    },
    reset() {
      gain.reset();
      levels.loudness = 0;
    },
  };
  return levels;
}
