import { activationRate } from "../../rates.ts";

/**
 * Detects that the music has just ended and another sound follows, such as speech, applause or rain, as loud as the music.
 * While music goes on, the peaks of the activation are about as high as before and fall on the expected beats, and the
 * bands have the same balance. A sound that follows differs in all of this, but has as many onsets. A sound without onsets,
 * such as the held chords of a breakdown, does not count as evidence.
 */
export interface Ending {
  /** The music has ended. */
  readonly ended: boolean;
  /** Processes the newest log bands, once per hop. */
  listen(bands: Float64Array): void;
  /**
   * Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to an expected beat. While `isMusic`, the
   * sound is learned as that of the music.
   */
  push(activation: number, onBeat: number, isMusic: boolean): void;
  /** Music begins: forgets the sound of the music before. */
  begin(): void;
}

/** Time constants, in frames: of the current sound, of its bands, and of the music before. */
const nowFrames = 60;
const colourFrames = 70;
const beforeFrames = 1000;
/**
 * Logistic regression of music with lower peaks than before against other sounds 1.3 to 3 s after music: constant, then the
 * logs of the share of the peaks on the beat, of their height relative to before, of the distance of the bands from before,
 * of the flux, and of the flux relative to before.
 */
const weights = [-6.27, 1.56, 3.22, -1.91, -2.89, -3] as const;
/** Added before each logarithm. */
const least = { share: 0.03, height: 0.001, colour: 0.1, flux: 0.01, usualFlux: 0.005 } as const;
/** Peaks above this height relative to before (log) are evidence of music, log odds per second. */
const sameHeight = -0.2;
const sameOdds = 4;
/** Peaks high enough and often enough on the beat are evidence too: constant, weights of log height and log share. */
const plainWeights = [7, 5.4, 2.7] as const;
/** Largest evidence of one moment, log odds per second. */
const most = 8;
/** Limits of the sum, log odds, which starts at `start`. The music ends below `end` and is back above `back`. */
const bounds = { least: -2.5, end: -2, back: -1, start: 1, music: 1.5 } as const;
/** With less flux than this a sound has no onsets. */
const stillFlux = 0.035;

export function createEnding(bandCount: number): Ending {
  const now = { activation: 0, square: 0, onBeat: 0, flux: 0 };
  const before = { height: 0, flux: 0.5, frames: 0.5, sum: 0.5 };
  const colour = new Float64Array(bandCount);
  const usual = new Float64Array(bandCount);
  const last = new Float64Array(2 * bandCount);

  const ending = {
    ended: false,
    listen(bands: Float64Array): void {
      let flux = 0;
      for (let b = 0; b < bandCount; b += 1) {
        const value = bands[b] ?? 0;
        flux += Math.max(0, value - Math.max(last[b] ?? 0, last[bandCount + b] ?? 0));
        last[bandCount + b] = last[b] ?? 0;
        last[b] = value;
        colour[b] = (colour[b] ?? 0) + (value - (colour[b] ?? 0)) / colourFrames;
      }
      now.flux += (flux / bandCount - now.flux) / nowFrames;
    },
    push(activation: number, onBeat: number, isMusic: boolean): void {
      const square = activation * activation;
      now.activation += (activation - now.activation) / nowFrames;
      now.square += (square - now.square) / nowFrames;
      now.onBeat += (square * onBeat - now.onBeat) / nowFrames;
      const odds = Math.min(most, Math.max(-most, judge()));
      if (isMusic && odds > 0) learn();
      const counted = odds < 0 && now.flux < stillFlux ? 0 : odds;
      before.sum = Math.min(bounds.music, Math.max(bounds.least, before.sum + counted / activationRate));
      ending.ended = before.sum < (ending.ended ? bounds.back : bounds.end);
    },
    begin(): void {
      before.frames = 0;
      before.sum = bounds.start;
      ending.ended = false;
      learn();
    },
  };

  function heightNow(): number {
    return now.square / Math.max(1e-6, now.activation);
  }

  function learn(): void {
    before.frames += 1;
    const share = 1 / Math.min(beforeFrames, before.frames);
    before.height += (heightNow() - before.height) * share;
    before.flux += (now.flux - before.flux) * share;
    for (let b = 0; b < bandCount; b += 1) usual[b] = (usual[b] ?? 0) + ((colour[b] ?? 0) - (usual[b] ?? 0)) * share;
  }

  /** Distance of the bands from the usual ones, independent of the level: standard deviation over the bands. */
  function distance(): number {
    let sum = 0;
    let squares = 0;
    for (let b = 0; b < bandCount; b += 1) {
      const off = (colour[b] ?? 0) - (usual[b] ?? 0);
      sum += off;
      squares += off * off;
    }
    return Math.sqrt(Math.max(0, squares / bandCount - (sum / bandCount) ** 2));
  }

  function judge(): number {
    const height = Math.log((heightNow() + least.height) / (before.height + least.height));
    if (height > sameHeight) return sameOdds;
    const share = Math.log(now.onBeat / Math.max(1e-9, now.square) + least.share);
    if (plainWeights[0] + plainWeights[1] * Math.log(heightNow() + least.height) + plainWeights[2] * share > 0) return sameOdds;
    const apart = Math.log(distance() + least.colour);
    const flux = Math.log(now.flux + least.flux);
    const busier = Math.log((now.flux + least.usualFlux) / (before.flux + least.usualFlux));
    return weights[0] + weights[1] * share + weights[2] * height + weights[3] * apart + weights[4] * flux + weights[5] * busier;
  }

  return ending;
}
