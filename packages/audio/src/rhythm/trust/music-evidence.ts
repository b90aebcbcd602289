import { activationRate } from "../../rates.ts";

/**
 * Decides between music with a beat and anything else (speech, applause, noise, a pad) by a running sum of evidence.
 * Beats of music have a high activation, come where the filter expects them, and keep the filter on one hypothesis. Peaks
 * of anything else are low, come at random, and make the filter jump.
 */
export interface MusicEvidence {
  /** Beats are to go out. */
  readonly present: boolean;
  /** The sum is well above the value at which beats begin. */
  readonly sure: boolean;
  /** The newest evidence is for music, and most peaks fall where the filter expects them. */
  readonly evident: boolean;
  /**
   * Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to a beat that the filter expected
   * before it.
   */
  push(activation: number, onBeat: number): void;
  /** Other evidence; holds until it is set again. */
  readonly known: Known;
  reset(): void;
}

/** Evidence that the caller adds to the activation. */
export interface Known {
  /** The filter's probability of its hypothesis, 0..1. */
  mass: number;
  /** Power of the bass, and of all bands. */
  bass: number;
  power: number;
  /** Weight of a frame that counts against music. */
  weight: number;
  /** Evidence from elsewhere, log odds. */
  odds: number;
}

/** Time constants of the means, in frames: first the activation's, then the mass's. */
const meanFrames = 120;
const massFrames = 300;
const frameSeconds = 1 / activationRate;
/**
 * Logistic regressions of music against everything else: constant, log of the peaks' height, log of their share on the
 * beat, log odds of the mass. High peaks on the beat are enough at once; lower peaks are enough once the filter has kept
 * to them for a while. The larger result counts.
 */
const quickWeights = [9.5, 5.4, 2.7] as const;
const keptWeights = [7.4, 3.5, 2.8, 0.9] as const;
const massRange = [0.02, 0.97] as const;
/**
 * Music in which the filter finds no beat still has high peaks, for at least this many frames, and a bass with at least
 * this share of the power. That counts as `longOdds`.
 */
const longFrames = 1000;
const longHeight = 0.35;
const longBass = 0.06;
const longOdds = 1;
/** Largest evidence of one moment, log odds per second. */
const most = 4;
/** While the filter's mass is below this, it expects no beats: the peaks count as if this share of them fell on a beat. */
const settledMass = 0.3;
const unsettledShare = 0.25;
/** The means start as if this many frames with low peaks had passed: any sound begins with a peak, and the first few do not decide. */
const before = { frames: 50, activation: 0.1, square: 0.025, onBeat: 0.00625, mass: 0, longHeight: 0, bass: 0, power: 0 };
/** Limits of the sum, log odds; it starts at the lower one. Then the values above which beats begin and below which they end. */
const bounds = [-2, 6] as const;
const start = 0;
const sure = 4;
/** Share of the peaks on the beat from which the beat is evident. */
const evidentShare = 0.45;
const stop = -1;

export function createMusicEvidence(): MusicEvidence {
  const means = { ...before };
  const sum: { value: number; odds: number } = { value: bounds[0], odds: 0 };
  // Fractions as first values: V8 then stores these fields as numbers that change in place.
  const known: Known = { mass: massRange[0], bass: 0.5, power: 0.5, weight: 0.5, odds: 0.5 };
  const evidence = {
    present: false,
    get sure() {
      return sum.value > sure;
    },
    get evident() {
      return sum.odds > 0 && means.onBeat > evidentShare * means.square;
    },
    known,
    push(activation: number, onBeat: number): void {
      // The first frames are averaged evenly, so that the means are useful from the start.
      means.frames += 1;
      const share = 1 / Math.min(meanFrames, means.frames);
      const square = activation * activation;
      means.activation += (activation - means.activation) * share;
      means.square += (square - means.square) * share;
      means.onBeat += (square * onBeat - means.onBeat) * share;
      means.mass += (known.mass - means.mass) / Math.min(massFrames, means.frames);
      const longShare = 1 / Math.min(longFrames, means.frames);
      means.longHeight += (means.square / Math.max(1e-9, means.activation) - means.longHeight) * longShare;
      means.bass += (known.bass - means.bass) * longShare;
      means.power += (known.power - means.power) * longShare;
      judge();
      if (!evidence.present && lasts()) sum.odds = Math.max(longOdds, sum.odds);
      const odds = Math.min(most, Math.max(-most, sum.odds + known.odds));
      // A filter that has just started expects nothing yet: that is not evidence against music.
      const counted = odds < 0 ? odds * known.weight * Math.min(1, means.frames / meanFrames) : odds;
      sum.value = Math.min(bounds[1], Math.max(bounds[0], sum.value + counted * frameSeconds));
      evidence.present = sum.value > (evidence.present ? stop : start);
    },
    reset(): void {
      Object.assign(means, before);
      sum.value = bounds[0];
      evidence.present = false;
    },
  };

  function lasts(): boolean {
    return means.frames > longFrames && means.longHeight > longHeight && means.bass > longBass * means.power;
  }

  /** Evidence from the means, log odds. */
  function judge(): void {
    const height = Math.log(means.square / Math.max(1e-9, means.activation) + 1e-4);
    const expected = unsettledShare * Math.max(0, 1 - means.mass / settledMass);
    const onBeat = Math.log(Math.max(expected, means.onBeat / Math.max(1e-9, means.square)) + 1e-4);
    const mass = Math.min(massRange[1], Math.max(massRange[0], means.mass));
    const quick = quickWeights[0] + quickWeights[1] * height + quickWeights[2] * onBeat;
    const kept = keptWeights[0] + keptWeights[1] * height + keptWeights[2] * onBeat + keptWeights[3] * Math.log(mass / (1 - mass));
    sum.odds = Math.max(quick, kept);
  }

  return evidence;
}
