import { LEVEL_COUNT } from "../frame.ts";

/** How loud each level channel of finished dance music is against the loudest, dB; so a dark mix stays dark. */
const NOMINAL_DB = [-3, 0, -8, -6, -12, -16, -14, 0];
/** A channel may be lifted by this much over what a usual mix would have there. */
const LIFT_DB = 8;
/** No more gain than this brings up: below it lies the noise of the input. */
const LOWEST_REFERENCE_DB = -64;
/** Loudest expected; where every channel begins. */
const FIRST_REFERENCE_DB = 0;
/** The short-term peak falls by this, dB/s: over a bar of slow music it still remembers its kick. */
const PEAK_FALL_DB_PER_SECOND = 4;
/** Louder than ever: the reference follows within this time, s. */
const RISE_SECONDS = 0.5;
/** Quieter: it follows so slowly that a breakdown looks like one, s. */
const FALL_SECONDS = 45;
/** … but in its first seconds of sound it learns faster, as a running mean does, s. */
const FIRST_FALL_SECONDS = 5;
/** What is further below than this is another source, not a quiet passage, and is caught up within `CATCH_UP_SECONDS`. */
const QUIET_PASSAGE_DB = 16;
const CATCH_UP_SECONDS = 2;
/** When even the whole is this far down, learning starts afresh. */
const OTHER_SOURCE_DB = 26;

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
  const referenceDb = new Float64Array(LEVEL_COUNT).fill(FIRST_REFERENCE_DB);
  const peakDb = new Float64Array(LEVEL_COUNT).fill(-200);
  const heard = { seconds: 0 };

  return {
    referenceDb,
    update(levelDb, frameSeconds) {
      heard.seconds += frameSeconds;
      const fallSeconds = Math.min(FALL_SECONDS, FIRST_FALL_SECONDS + heard.seconds);
      let loudest = LOWEST_REFERENCE_DB;
      for (let i = 0; i < LEVEL_COUNT; i += 1) {
        const peak = Math.max(levelDb[i] ?? 0, (peakDb[i] ?? 0) - PEAK_FALL_DB_PER_SECOND * frameSeconds);
        peakDb[i] = peak;
        const reference = referenceDb[i] ?? 0;
        const below = reference - peak;
        let change = (-below * frameSeconds) / (below < 0 ? RISE_SECONDS : fallSeconds);
        if (i === LEVEL_COUNT - 1 && below > OTHER_SOURCE_DB) heard.seconds = 0;
        if (below > QUIET_PASSAGE_DB) change -= ((below - QUIET_PASSAGE_DB) * frameSeconds) / CATCH_UP_SECONDS;
        referenceDb[i] = reference + change;
        loudest = Math.max(loudest, peak - (NOMINAL_DB[i] ?? 0));
      }
      for (let i = 0; i < LEVEL_COUNT; i += 1) {
        const missing = loudest + (NOMINAL_DB[i] ?? 0) - LIFT_DB - (referenceDb[i] ?? 0);
        const raised = (referenceDb[i] ?? 0) + Math.max(0, missing) * (frameSeconds / RISE_SECONDS);
        referenceDb[i] = Math.max(LOWEST_REFERENCE_DB, raised);
      }
    },
    reset() {
      referenceDb.fill(FIRST_REFERENCE_DB);
      peakDb.fill(-200);
      heard.seconds = 0;
    },
  };
}
