import { quietestDb } from "./decibel.ts";
import type { Stillness } from "./stillness.ts";

/** The gate opens this far above the level at which it closes. */
const hysteresisDb = 4;
/** The gate closes after this long below its level, s: longer than the rests in the drum part of slow music. */
const holdSeconds = 0.5;
/** `stillness` judges the last second. */
const stillSeconds = 1;
/** The gate closes this far above the loudest frame of the input's own noise. */
const marginDb = 1.5;
/** A louder input is never taken for noise of the input itself, dBFS. */
const loudestFloorDb = -35;
/** How far below the programme a breathing noise, a hum or a tone must be to count as the floor, dB. */
const unevenBelowDb = 15;
const toneBelowDb = 22;
/** Time constant of the programme's level, s. */
const programmeSeconds = 10;
/** Number of frames in which the loudest frame is looked for: one second. */
const window = 60;
/** The floor is replaced when the loudest frame of a second is this far below it, dB. */
const lowerDb = 6;
/** Changing sound below the floor for this long shows that the floor was wrong, s. */
const unlearnSeconds = 2;

/** Tells silence from short pauses, and learns the floor of the input: its hiss, its hum, the noise of its room. */
export interface SilenceGate {
  /** The level has been below the threshold, or no higher than the floor, for half a second. */
  readonly silent: boolean;
  /** Duration of the silence so far, s, including the first half second; 0 while there is sound. */
  readonly silentSeconds: number;
  /** The sound has no beat: noise of any level, mains hum, or a tone far below the programme. */
  readonly idle: boolean;
  /** The sound does not change at all. */
  readonly steady: boolean;
  /** The sound is nothing but noise, or a wall of distorted guitars. */
  readonly noise: boolean;
  /** The sound contains steady noise too loud for the floor of an input: music may be buried in it. */
  readonly loudNoise: boolean;
  /** Learned floor, dBFS: the loudest frame of the input's own noise. */
  readonly floorDb: number;
  /**
   * Processes the RMS of one frame, dBFS; call it after `stillness` has judged the same frame. While `isMusic`, no floor
   * is learned.
   */
  update(rmsDb: number, thresholdDb: number, isMusic: boolean): void;
  reset(): void;
}

export function createSilenceGate(stillness: Stillness, frameSeconds: number): SilenceGate {
  const levels = new Float64Array(window).fill(quietestDb);
  const state = { at: 0, rmsDb: quietestDb, loudestDb: quietestDb, closeDb: quietestDb, quietSeconds: 0, programme: 0, below: 0 };
  const gate = {
    silent: true,
    silentSeconds: 0,
    idle: false,
    steady: false,
    noise: false,
    loudNoise: false,
    floorDb: quietestDb,
    update(rmsDb: number, thresholdDb: number, isMusic: boolean): void {
      state.at = (state.at + 1) % window;
      levels[state.at] = rmsDb;
      state.rmsDb = rmsDb;
      findLoudest();
      const loudest = state.loudestDb;
      const programmeDb = state.programme > 0 ? 10 * Math.log10(state.programme) : quietestDb;
      const below = programmeDb - loudest;
      const { still, noise, hum, rising } = stillness;
      gate.idle = hum || (noise && !rising) || (still && below > toneBelowDb);
      gate.steady = still;
      gate.noise = noise;
      gate.loudNoise = noise && still && loudest >= loudestFloorDb;
      const isFloor =
        !isMusic &&
        loudest < loudestFloorDb &&
        (noise ? still || below > unevenBelowDb : hum || (still && below > toneBelowDb));
      if (isFloor || loudest < gate.floorDb - lowerDb) gate.floorDb = loudest;
      state.closeDb = Math.max(thresholdDb, gate.floorDb + marginDb);
      decide(isFloor);
      doubt(rmsDb < state.closeDb && rmsDb > thresholdDb && !still && !noise);
      if (!gate.silent && !still && !noise) {
        state.programme += (10 ** (rmsDb / 10) - state.programme) * (frameSeconds / programmeSeconds);
      }
    },
    reset(): void {
      levels.fill(quietestDb);
      Object.assign(state, { at: 0, rmsDb: quietestDb, loudestDb: quietestDb, closeDb: quietestDb, quietSeconds: 0, programme: 0, below: 0 });
      Object.assign(gate, { silent: true, silentSeconds: 0, idle: false, steady: false, noise: false, loudNoise: false, floorDb: quietestDb });
    },
  };

  function decide(isFloor: boolean): void {
    const { rmsDb, closeDb } = state;
    state.quietSeconds = rmsDb < closeDb ? state.quietSeconds + frameSeconds : 0;
    if (isFloor) state.quietSeconds = Math.max(state.quietSeconds, stillSeconds);
    if (rmsDb > closeDb + hysteresisDb) gate.silent = false;
    else if (state.quietSeconds >= holdSeconds) gate.silent = true;
    if (!gate.silent) gate.silentSeconds = 0;
    else gate.silentSeconds = gate.silentSeconds === 0 ? holdSeconds : gate.silentSeconds + frameSeconds;
  }

  /** Forgets a floor that has proved wrong. */
  function doubt(isBelow: boolean): void {
    state.below = isBelow ? state.below + frameSeconds : 0;
    if (state.below < unlearnSeconds) return;
    gate.floorDb = quietestDb;
    state.below = 0;
  }

  function findLoudest(): void {
    let loudest = quietestDb;
    for (const level of levels) if (level > loudest) loudest = level;
    state.loudestDb = loudest;
  }

  return gate;
}
