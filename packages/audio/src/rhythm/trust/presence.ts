import type { LogBands } from "../front-end/log-bands.ts";
import { createRest } from "../state.ts";
import type { Rest } from "../state.ts";
import { createAttacks } from "./attacks.ts";
import { createBuriedBeat } from "./buried-beat.ts";
import { createEnding } from "./ending.ts";
import { createMusicEvidence } from "./music-evidence.ts";
import type { Salience } from "./salience.ts";
import { createSteadfast } from "./steadfast.ts";

/** The measured bands that it uses. */
export type MeasuredBands = Pick<LogBands, "values" | "peak" | "power">;

/** What is expected of a frame. */
export interface Expected {
  /** How close it is to a beat, 0..1. */
  readonly onBeat: number;
  /** How close it is to a half beat, 0..1, while that may stand for the beat (`break-hold.ts`); else 0. */
  readonly onHalf: number;
  /** The filter's probability of its hypothesis, 0..1. */
  readonly mass: number;
}

/** Decides whether beats go out, by the evidence of music and the kind of sound. The filter runs on either way. */
export interface Presence {
  /** Beats are to go out. */
  readonly here: boolean;
  /** Last values passed to `rest`. */
  readonly given: Rest;
  /** Sets what is known of the newest sound; holds until the next call. */
  rest(rest: Rest): void;
  /** Processes the newest bands, once per hop. */
  listen(bands: MeasuredBands): void;
  /** To be called before the frames of a step. During a build-up to a drop the music cannot end. */
  begin(isBuildup: boolean): void;
  /** Processes one frame. `activation` 0..1. */
  push(activation: number, expected: Expected): void;
  /** To be called after the frames of a step; `seconds` is its length. */
  judge(mass: number, seconds: number): void;
  /** Forgets the evidence, but keeps the values of `rest`. */
  forget(): void;
  reset(): void;
}

/**
 * Weight of evidence against music: the salience, but at least the first value, because a breakdown has no beat. In noise
 * and hum it is the second.
 */
const leastWeight = 0.1;
const idleWeight = 1.25;
/**
 * Peaks of noise are lower than the first height. A sound like noise with peaks above the second is a wall of guitars, or
 * drums in noise.
 */
const noiseHeight = 0.22;
export const wallHeight = 0.28;
/** Evidence for music from such a wall, log odds: speech and applause are more uneven. */
const wallOdds = 4;
/** Longest time for which beats go out without any evidence of music, s: eight bars of held chords at 128 BPM. */
const longestFlywheel = 15.5;
/**
 * After the music has ended, the filter keeps to its hypothesis only because nothing counts. While the salience is below
 * the first value and no beats go out, its mass is limited to the second.
 */
const nothingCounts = 0.5;
const idleMass = 0.3;
/** Above this salience the peaks could move the filter, if they fell elsewhere for long. */
const couldMove = 0.25;

export function createPresence(salience: Salience, bandCount: number): Presence {
  const music = createMusicEvidence();
  const ending = createEnding(bandCount);
  const buried = createBuriedBeat();
  const steadfast = createSteadfast();
  const attacks = createAttacks(bandCount);
  const given = createRest();
  /** Time since the last evidence of music, s, and whether there is a build-up. */
  const now = { withoutEvidence: 0.5, buildup: false };

  /**
   * Evidence for music from the kind of sound, log odds. After music has ended in steady noise, its peaks are still in the
   * means for a while.
   */
  function knownOfSound(): number {
    if (given.noise && salience.height > wallHeight) return wallOdds;
    if (!presence.here && !attacks.found) return -Infinity;
    return given.idle && salience.height < (presence.here && given.steady ? wallHeight : noiseHeight) ? -Infinity : 0;
  }

  const trusted = (mass: number): number => (presence.here || salience.value > nothingCounts ? mass : Math.min(idleMass, mass));

  /** The filter keeps to its hypothesis in a sound as music has it: there are beats, whatever the height of the peaks. */
  const isSteadfast = (): boolean => steadfast.found && music.hasBass && attacks.found;

  /** While beats go out. Evidence that runs out is kept for the next time; at an end it counts no longer. */
  function doubt(): void {
    if (buried.found || ending.kept || isSteadfast()) return;
    if (ending.ended || now.withoutEvidence > longestFlywheel) stop();
    else presence.here = music.present;
  }

  function stop(): void {
    buried.reset();
    music.reset();
    presence.here = false;
  }

  const presence = {
    here: false,
    given,
    rest({ silentSeconds, idle, steady, noise, loudNoise }: Rest): void {
      given.silentSeconds = silentSeconds;
      given.idle = idle;
      given.steady = steady;
      given.noise = noise;
      given.loudNoise = loudNoise;
    },
    begin(isBuildup: boolean): void {
      now.buildup = isBuildup;
      music.known.odds = knownOfSound();
      music.known.weight = music.known.odds < 0 ? idleWeight : Math.max(leastWeight, salience.value);
    },
    listen({ values, peak, power }: MeasuredBands): void {
      ending.listen(values, peak);
      attacks.listen(values);
      music.known.bass = power.low;
      music.known.power = power.all;
    },
    push(activation: number, { onBeat, onHalf, mass }: Expected): void {
      music.known.mass = trusted(mass);
      music.push(activation, Math.max(onBeat, onHalf));
      if (!now.buildup) ending.push(activation, onBeat, { onHalf, isMusic: music.evident, attacks: attacks.found });
    },
    judge(mass: number, seconds: number): void {
      buried.update(trusted(mass), given.loudNoise && !presence.here, seconds);
      steadfast.update(mass, salience.value > couldMove, seconds);
      now.withoutEvidence = music.evident || ending.alike ? 0 : now.withoutEvidence + seconds;
      if (presence.here) doubt();
      else if (ending.kept) presence.here = true;
      else if (buried.found || isSteadfast() || (music.present && (music.sure || !ending.ended))) {
        ending.begin();
        now.withoutEvidence = 0;
        presence.here = true;
      }
    },
    forget(): void {
      stop();
      ending.reset();
      attacks.reset();
      steadfast.reset();
    },
    reset(): void {
      presence.forget();
      Object.assign(given, createRest());
    },
  };
  return presence;
}
