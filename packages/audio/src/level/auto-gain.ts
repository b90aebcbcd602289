import { levelCount } from "../bands.ts";

/** Usual peak of each level channel in finished dance music relative to the loudest channel, dB. Keeps a dark mix dark. */
const nominalDb = [-3, 0, -8, -6, -12, -16, -14, 0];
/** A channel may be lifted by at most this much above its usual level in a mix, dB. */
const liftDb = 8;
/** Lowest reference, dBFS: more gain would only bring up the noise of the input. */
const lowestReferenceDb = -64;
/** Loudest expected level, dBFS: the first reference of every channel. */
const firstReferenceDb = 0;
/** Fall of the short-term peak, dB/s: slow enough to remember the kick over a bar of slow music. */
const peakFallDbPerSecond = 4;
/** Time in which the reference follows a louder peak, s. */
const riseSeconds = 0.5;
/** Time in which the reference follows a quieter peak, s: slow enough that a breakdown still looks like one. */
const usualFallSeconds = 45;
/** In the first seconds of sound the reference falls faster, as a running mean does, s. */
const firstFallSeconds = 5;
/**
 * A peak further below the reference than this is a new source, not a quiet passage: the reference follows within
 * `catchUpSeconds`.
 */
const quietPassageDb = 16;
const catchUpSeconds = 2;
/** When the overall level is this far below its reference, learning starts again. */
const otherSourceDb = 26;

/** One reference level per channel, dB: the level that is shown as 1. */
export interface AutoGain {
  readonly referenceDb: Float64Array;
  /** Learns from one frame of channel levels, dBFS. Do not call it in silence. */
  update(levelDb: Float64Array, frameSeconds: number): void;
  reset(): void;
}

/**
 * Slow gain for a whole set of channels. References follow the peaks, not the mean: upwards quickly, downwards over a
 * minute. They never differ from each other by more than in real music, so contrast in time and between bands survives.
 */
export function createAutoGain(): AutoGain {
  const referenceDb = new Float64Array(levelCount).fill(firstReferenceDb);
  const peakDb = new Float64Array(levelCount).fill(-200);
  const source = { seconds: 0 };

  return {
    referenceDb,
    update(levelDb, frameSeconds) {
      source.seconds += frameSeconds;
      const fallSeconds = Math.min(usualFallSeconds, firstFallSeconds + source.seconds);
      let loudest = lowestReferenceDb;
      for (let i = 0; i < levelCount; i += 1) {
        const peak = Math.max(levelDb[i] ?? NaN, (peakDb[i] ?? NaN) - peakFallDbPerSecond * frameSeconds);
        peakDb[i] = peak;
        const reference = referenceDb[i] ?? NaN;
        const below = reference - peak;
        let change = (-below * frameSeconds) / (below < 0 ? riseSeconds : fallSeconds);
        if (i === levelCount - 1 && below > otherSourceDb) source.seconds = 0;
        if (below > quietPassageDb) change -= ((below - quietPassageDb) * frameSeconds) / catchUpSeconds;
        referenceDb[i] = reference + change;
        loudest = Math.max(loudest, peak - (nominalDb[i] ?? NaN));
      }
      for (let i = 0; i < levelCount; i += 1) {
        const missing = loudest + (nominalDb[i] ?? NaN) - liftDb - (referenceDb[i] ?? NaN);
        const raised = (referenceDb[i] ?? NaN) + Math.max(0, missing) * (frameSeconds / riseSeconds);
        referenceDb[i] = Math.max(lowestReferenceDb, raised);
      }
    },
    reset() {
      referenceDb.fill(firstReferenceDb);
      peakDb.fill(-200);
      source.seconds = 0;
    },
  };
}
