import { levelBands, levelCount } from "../bands.ts";
import { createAutoGain } from "./auto-gain.ts";
import { createBandSum } from "./band-sum.ts";
import type { Spectra } from "./band-sum.ts";
import type { AnalyzerConfig } from "../config.ts";
import { loudness, meter, powerToDb } from "./decibel.ts";
import { release, releaseShare } from "./release.ts";

/** Index of the overall rms among the levels. */
const rms = levelBands.length;

/** Input of one frame of levels. */
export interface LevelInput {
  spectra: Spectra;
  /** Twice the mean square, so that a full-scale sine gives 1. */
  power: number;
  /** False in silence: then levels fall to 0 and no reference is learned. */
  audible: boolean;
  frameSeconds: number;
}

/** The eight level channels. */
export interface Levels {
  /** Level that is shown as 1, per channel, dBFS. */
  readonly referenceDb: Float64Array;
  /** Current loudness, 0–1, before any release; for envelopes. */
  readonly loudness: number;
  /** Computes one frame into `out`. */
  update(frame: LevelInput, config: AnalyzerConfig, out: Float32Array): void;
  reset(): void;
}

export function createLevels(): Levels {
  const gain = createAutoGain();
  const sumBands = createBandSum(Float64Array.of(levelBands[0].lowHz, ...levelBands.map((band) => band.highHz)));
  const powers = new Float64Array(levelCount);
  const levelDb = new Float64Array(levelCount);
  const targets = new Float64Array(levelCount);
  const levels = {
    referenceDb: gain.referenceDb,
    loudness: 0,
    update({ spectra, power, audible, frameSeconds }: LevelInput, config: AnalyzerConfig, out: Float32Array) {
      sumBands(spectra, powers);
      powers[rms] = power;
      for (let i = 0; i < levelCount; i += 1) levelDb[i] = powerToDb(powers[i] ?? NaN);
      if (audible) gain.update(levelDb, frameSeconds);
      const share = releaseShare(config.smoothing, frameSeconds);
      for (let i = 0; i < levelCount; i += 1) {
        const db = levelDb[i] ?? NaN;
        const target = !audible ? 0 : config.autoGain ? loudness(db, gain.referenceDb[i] ?? NaN) : meter(db);
        targets[i] = target;
        out[i] = release(out[i] ?? NaN, target, share);
      }
      levels.loudness = targets[rms] ?? NaN;
    },
    reset() {
      gain.reset();
      levels.loudness = 0;
    },
  };
  return levels;
}
