import { levelCount } from "../bands.ts";

/** How loud each level channel of finished dance music is against the loudest, dB; so a dark mix stays dark. */
const nominalDb = [-3, 0, -8, -6, -12, -16, -14, 0];
/** A channel may be lifted by this much over what a usual mix would have there. */
const liftDb = 8;
/** No more gain than this brings up: below it lies the noise of the input. */
const lowestReferenceDb = -64;
/** Loudest expected; where every channel begins. */
const firstReferenceDb = 0;
/** The short-term peak falls by this, dB/s: over a bar of slow music it still remembers its kick. */
const peakFallDbPerSecond = 4;
/** Louder than ever: the reference follows within this time, s. */
const riseSeconds = 0.5;
/** Quieter: it follows so slowly that a breakdown looks like one, s. */
const usualFallSeconds = 45;
/** … but in its first seconds of sound it learns faster, as a running mean does, s. */
const firstFallSeconds = 5;
/** What is further below than this is another source, not a quiet passage, and is caught up within `catchUpSeconds`. */
const quietPassageDb = 16;
const catchUpSeconds = 2;
/** When even the whole is this far down, learning starts afresh. */
const otherSourceDb = 26;

/** One reference level per channel, in dB: what is to look like 1. */
export interface AutoGain {
  readonly referenceDb: Float64Array;
  /** Learns from one frame of channel levels, dBFS. Not to be called in silence. */
  update(levelDb: Float64Array, frameSeconds: number): void;
  reset(): void;
}

/**
 * Slow gain for a whole set of channels. References follow the peaks, not the mean, upwards quickly and downwards over
 * a minute, and never part from each other by more than music does: contrast in time and between bands survives.
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
        const peak = Math.max(levelDb[i] ?? 0, (peakDb[i] ?? 0) - peakFallDbPerSecond * frameSeconds);
        peakDb[i] = peak;
        const reference = referenceDb[i] ?? 0;
        const below = reference - peak;
        let change = (-below * frameSeconds) / (below < 0 ? riseSeconds : fallSeconds);
        if (i === levelCount - 1 && below > otherSourceDb) source.seconds = 0;
        if (below > quietPassageDb) change -= ((below - quietPassageDb) * frameSeconds) / catchUpSeconds;
        referenceDb[i] = reference + change;
        loudest = Math.max(loudest, peak - (nominalDb[i] ?? 0));
      }
      for (let i = 0; i < levelCount; i += 1) {
        const missing = loudest + (nominalDb[i] ?? 0) - liftDb - (referenceDb[i] ?? 0);
        const raised = (referenceDb[i] ?? 0) + Math.max(0, missing) * (frameSeconds / riseSeconds);
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
