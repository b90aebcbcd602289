import type { LogBands } from "../front-end/log-bands.ts";
import { createEnding } from "./ending.ts";
import { createMusicEvidence } from "./music-evidence.ts";
import { createRest } from "../state.ts";
import type { Rest } from "../state.ts";
import type { Salience } from "./salience.ts";

/** The measured bands that it uses. */
export type HeardBands = Pick<LogBands, "values" | "power">;

/**
 * `on`: beats are to go out. `paused`: none go out, but the pointer runs on, because the music may come back. `over`: the
 * beat has just ended and is to be forgotten. `off`: there is no beat.
 */
export type Verdict = "on" | "paused" | "over" | "off";

/** Decides whether beats go out, by the evidence of music and the kind of sound. */
export interface Presence {
  /** Beats are to go out. */
  readonly here: boolean;
  /** Last values passed to `rest`. */
  readonly given: Rest;
  /** Sets what is known of the newest sound; holds until the next call. */
  rest(rest: Rest): void;
  /** Processes the newest bands, once per hop. */
  listen(bands: HeardBands): void;
  /** To be called before the frames of a step. During a build-up to a drop the music cannot end. */
  begin(isBuildup: boolean): void;
  /**
   * Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to an expected beat; `mass` 0..1: the
   * filter's probability of its hypothesis.
   */
  push(activation: number, onBeat: number, mass: number): void;
  /** To be called after the frames of a step; `seconds` is its length. */
  judge(mass: number, seconds: number): Verdict;
  /** Forgets the beat, but keeps the evidence. */
  letGo(): void;
  /** Forgets the evidence too, but keeps the values of `rest`. */
  forget(): void;
  reset(): void;
}

/**
 * In noise the height of the peaks is hidden. There a beat begins when the pointer keeps to one hypothesis: its mass,
 * averaged over this time in s, rises above the first share. It ends when the mean falls below the second. Steady noise
 * alone stays below 0.75.
 */
const keptSeconds = 3;
const keptMass = [0.8, 0.5] as const;
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
/** Longest time for which the beat runs on without any evidence of it, s: eight bars of held chords at 128 BPM. */
const longestFlywheel = 15.5;
/** Time for which the pointer is kept after the music has ended, s. */
const pauseSeconds = 3;
/** In that time the filter keeps to its hypothesis only because nothing counts, so its mass is limited to this. */
const pausedMass = 0.3;

export function createPresence(salience: Salience, bandCount: number): Presence {
  const music = createMusicEvidence();
  const ending = createEnding(bandCount);
  const given = createRest();
  /** The pointer's usual mass, whether that mass indicates a beat in noise, and whether there is a build-up. */
  const habit = { mass: 0, buried: false, buildup: false };
  /** Times since the last evidence of music and since the beats paused, s. */
  const since = { evidence: 0, pause: Infinity };

  /**
   * Evidence for music from the kind of sound, log odds. After music has ended in steady noise, its peaks are still in the
   * means for a while.
   */
  function knownOfSound(): number {
    if (given.noise && salience.height > wallHeight) return wallOdds;
    return given.idle && salience.height < (presence.here && given.steady ? wallHeight : noiseHeight) ? -Infinity : 0;
  }

  const paused = (): boolean => since.pause < pauseSeconds;
  const trusted = (mass: number): number => (paused() ? Math.min(pausedMass, mass) : mass);
  const hasBeat = (): boolean => music.present || habit.buried;

  /** While beats go out. */
  function doubt(): Verdict {
    if (!habit.buried && (ending.ended || since.evidence > longestFlywheel)) {
      presence.letGo();
      music.reset();
      since.pause = 0;
      return "paused";
    }
    if (hasBeat()) return "on";
    presence.letGo();
    return "over";
  }

  /** While none do. */
  function wait(seconds: number): Verdict {
    if (hasBeat() && !(paused() && ending.ended && !music.sure)) {
      ending.begin();
      presence.here = true;
      since.evidence = 0;
      since.pause = Infinity;
      return "on";
    }
    if (paused()) return "paused";
    if (since.pause >= pauseSeconds + seconds) return "off";
    music.reset();
    return "over";
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
      habit.buildup = isBuildup;
      music.known.odds = knownOfSound();
      music.known.weight = music.known.odds < 0 ? idleWeight : Math.max(leastWeight, salience.value);
    },
    listen({ values, power }: HeardBands): void {
      ending.listen(values);
      music.known.bass = power.low;
      music.known.power = power.all;
    },
    push(activation: number, onBeat: number, mass: number): void {
      music.known.mass = trusted(mass);
      music.push(activation, onBeat);
      if (!habit.buildup) ending.push(activation, onBeat, music.evident);
    },
    judge(mass: number, seconds: number): Verdict {
      habit.mass += (trusted(mass) - habit.mass) * (seconds / keptSeconds);
      habit.buried = presence.here ? habit.buried && habit.mass > keptMass[1] : given.loudNoise && habit.mass > keptMass[0];
      since.evidence = music.evident ? 0 : since.evidence + seconds;
      since.pause += seconds;
      return presence.here ? doubt() : wait(seconds);
    },
    letGo(): void {
      habit.mass = 0;
      habit.buried = false;
      presence.here = false;
      since.pause = Infinity;
    },
    forget(): void {
      presence.letGo();
      music.reset();
    },
    reset(): void {
      presence.forget();
      Object.assign(given, createRest());
    },
  };
  return presence;
}
