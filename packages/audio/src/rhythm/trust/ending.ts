import { activationRate } from "../../rates.ts";
import { createEndingMeasures } from "./ending-measures.ts";
import { endingWeights } from "./ending-weights.ts";
import { createKeptBeat } from "./kept-beat.ts";
import { logOdds } from "./log-odds.ts";

/**
 * Detects that the music has ended and another sound follows, such as speech, applause, rain or an organ, as loud as the
 * music. While music goes on, the peaks of the activation are about as high as before and fall on the expected beats. In
 * its quiet parts the peaks are lower, but such a part is left over from the music: the bands lose and do not gain. A logistic
 * regression (`endingWeights`) weighs music with lower peaks than before against other sounds 1.3 to 4 s after music.
 */
export interface Ending {
  /** The music has ended. */
  readonly ended: boolean;
  /** The newest sound is like the music before, and has onsets. */
  readonly alike: boolean;
  /** The peaks are lower than those of the music, but go on where it had its beats, or on the half beats: see `kept-beat.ts`. */
  readonly kept: boolean;
  /** Processes the newest log bands, once per hop; `peak`: see `LogBands`. */
  listen(bands: Float64Array, peak: number): void;
  /**
   * Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to an expected beat. While `isMusic`, the
   * sound is learned as that of the music.
   */
  push(activation: number, onBeat: number, sound: JudgedSound): void;
  /** Music begins: forgets the sound of the music before. */
  begin(): void;
  /** There was no music: nothing can end. */
  reset(): void;
}

/**
 * What is known of the newest sound: how close the frame is to a half beat that may stand for the beat, 0..1; the evidence is for music; there are attacks,
 * see `attacks.ts`.
 */
interface JudgedSound {
  readonly onHalf: number;
  readonly isMusic: boolean;
  readonly attacks: boolean;
}

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
 * and nothing counts against it: its peaks are as low as those of other sounds.
 */
const stillFlux = 0.035;
const leftSeconds = 2;
/** Limits of the sum, log odds, which starts at `start`. The music ends below `end` and is back above `back`. */
const bounds = { least: -2.5, end: -2, back: -1, start: 1, music: 1.5 } as const;

export function createEnding(bandCount: number): Ending {
  const measures = createEndingMeasures(bandCount);
  const kept = createKeptBeat();
  const keptHalf = createKeptBeat();
  const before = { begun: false, left: 0.5, sum: 0.5 };

  const ending = {
    ended: false,
    alike: false,
    get kept() {
      return kept.found || keptHalf.found;
    },
    listen: (bands: Float64Array, peak: number) => measures.listen(bands, peak),
    push(activation: number, onBeat: number, { onHalf, isMusic, attacks }: JudgedSound): void {
      measures.push(activation, onBeat);
      if (!before.begun) return;
      const odds = Math.min(most, Math.max(-most, judge(attacks)));
      kept.push(activation, onBeat, attacks);
      keptHalf.push(activation, onHalf, attacks);
      if (isAsHigh()) forgetKept();
      if (isMusic && odds > doubtful) measures.learn();
      const alike = odds > sameOdds / 2;
      const still = measures.flux < stillFlux;
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
      measures.learn();
    },
    reset(): void {
      before.begun = false;
      forgetKept();
      measures.forget();
      before.left = 0;
      before.sum = bounds.start;
      ending.ended = false;
      ending.alike = false;
    },
  };

  function forgetKept(): void {
    kept.reset();
    keptHalf.reset();
  }

  const isAsHigh = (): boolean => (measures.values[1] ?? NaN) > sameHeight;

  function judge(attacks: boolean): number {
    measures.measure(attacks);
    if (isAsHigh()) return sameOdds;
    const { values, height } = measures;
    const share = values[0] ?? NaN;
    if (plainWeights[0] + plainWeights[1] * height + plainWeights[2] * share > 0) return sameOdds;
    measures.compare();
    return logOdds(endingWeights, values);
  }

  return ending;
}
