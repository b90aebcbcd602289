import { activationRate } from "../../rates.ts";
import { createSoundColour } from "./sound-colour.ts";

/**
 * Detects that the music has ended and another sound follows, such as speech, applause, rain or an organ, as loud as the
 * music. While music goes on, the peaks of the activation are about as high as before and fall on the expected beats. In
 * its quiet parts the peaks are lower, but such a part is left over from the music: the bands lose and do not gain.
 */
export interface Ending {
  /** The music has ended. */
  readonly ended: boolean;
  /** The newest sound is like the music before, and has onsets. */
  readonly alike: boolean;
  /** Processes the newest log bands, once per hop. */
  listen(bands: Float64Array): void;
  /**
   * Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to an expected beat. While `isMusic`, the
   * sound is learned as that of the music.
   */
  push(activation: number, onBeat: number, isMusic: boolean): void;
  /** Music begins: forgets the sound of the music before. */
  begin(): void;
  /** There was no music: nothing can end. */
  reset(): void;
}

/** Time constants, in frames: of the current peaks and of the music before. */
const nowFrames = 60;
const beforeFrames = 1000;
/**
 * Logistic regression of music with lower peaks than before against other sounds 1.3 to 4 s after music: constant, then the
 * logs of the share of the peaks on the beat, of their height relative to before, of the distance of the bands from before,
 * of the flux, of what the bands have gained and of what they have lost.
 */
const weights = [-11.08, 0.42, 6.18, -1.06, -3.57, -1.72, -2.06] as const;
/** Added before each logarithm. */
const least = { share: 0.03, height: 0.001, apart: 0.1, flux: 0.01, added: 0.05, lost: 0.05 } as const;
/** Peaks above this height relative to before (log) are evidence of music, log odds per second. */
const sameHeight = -0.2;
const sameOdds = 4;
/** Peaks high enough and often enough on the beat are evidence too: constant, weights of log height and log share. */
const plainWeights = [7, 5.4, 2.7] as const;
/** Largest evidence of one moment, log odds per second; from half of `sameOdds` on the sound is alike. */
const most = 8;
/** A sound with less evidence is not learned as that of the music, log odds per second. */
const doubtful = -2;
/**
 * A sound with less flux than this has no onsets. If it was alike for so long, s, it is what the music left in a breakdown,
 * and nothing counts against it: the front end amplifies it slowly, so that it seems to gain.
 */
const stillFlux = 0.035;
const leftSeconds = 2;
/** Limits of the sum, log odds, which starts at `start`. The music ends below `end` and is back above `back`. */
const bounds = { least: -2.5, end: -2, back: -1, start: 1, music: 1.5 } as const;

export function createEnding(bandCount: number): Ending {
  const colour = createSoundColour(bandCount);
  const now = { activation: 0, square: 0, onBeat: 0 };
  const before = { begun: false, left: 0.5, height: 0.5, frames: 0.5, sum: 0.5 };

  const ending = {
    ended: false,
    alike: false,
    listen: (bands: Float64Array) => colour.listen(bands),
    push(activation: number, onBeat: number, isMusic: boolean): void {
      const square = activation * activation;
      now.activation += (activation - now.activation) / nowFrames;
      now.square += (square - now.square) / nowFrames;
      now.onBeat += (square * onBeat - now.onBeat) / nowFrames;
      if (!before.begun) return;
      const odds = Math.min(most, Math.max(-most, judge()));
      if (isMusic && odds > doubtful) learn();
      const alike = odds > sameOdds / 2;
      const still = colour.flux < stillFlux;
      ending.alike = alike && !still;
      if (!still) before.left = 0;
      else if (alike) before.left += 1 / activationRate;
      const counts = odds > 0 || before.left < leftSeconds;
      before.sum = Math.min(bounds.music, Math.max(bounds.least, before.sum + (counts ? odds / activationRate : 0)));
      ending.ended = before.sum < (ending.ended ? bounds.back : bounds.end);
    },
    begin(): void {
      ending.reset();
      before.begun = true;
      learn();
    },
    reset(): void {
      before.begun = false;
      before.frames = 0;
      before.left = 0;
      before.sum = bounds.start;
      ending.ended = false;
      ending.alike = false;
    },
  };

  function heightNow(): number {
    return now.square / Math.max(1e-6, now.activation);
  }

  function learn(): void {
    before.frames += 1;
    const share = 1 / Math.min(beforeFrames, before.frames);
    before.height += (heightNow() - before.height) * share;
    colour.learn(share);
  }

  function judge(): number {
    const logHeight = Math.log(heightNow() + least.height);
    const height = logHeight - Math.log(before.height + least.height);
    if (height > sameHeight) return sameOdds;
    const share = Math.log(now.onBeat / Math.max(1e-9, now.square) + least.share);
    if (plainWeights[0] + plainWeights[1] * logHeight + plainWeights[2] * share > 0) return sameOdds;
    colour.compare();
    return (
      weights[0] +
      weights[1] * share +
      weights[2] * height +
      weights[3] * Math.log(colour.apart + least.apart) +
      weights[4] * Math.log(colour.flux + least.flux) +
      weights[5] * Math.log(colour.added + least.added) +
      weights[6] * Math.log(colour.lost + least.lost)
    );
  }

  return ending;
}
