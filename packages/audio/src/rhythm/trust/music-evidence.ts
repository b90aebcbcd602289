import { activationRate } from "../../rates.ts";

/**
 * Whether there is music with a beat, or speech, applause, noise, a pad: a running sum of evidence. Beats of music are high in the
 * activation, they come where the filter expects them, and the filter keeps to its hypothesis; the peaks of everything else are low,
 * come anyhow, and throw the filter about.
 */
export interface MusicEvidence {
  /** Beats may go out. */
  readonly present: boolean;
  /**
   * Takes one frame. `activation` 0..1; `onBeat` 0..1: how near to an expected beat the frame is, as the filter saw it before.
   */
  push(activation: number, onBeat: number): void;
  /** What else is known, until it is set anew. */
  readonly known: Known;
  reset(): void;
}

/** What the caller knows beside the activation. */
export interface Known {
  /** What the filter holds of its hypothesis, 0..1. */
  mass: number;
  /** How far a frame counts that speaks against music. */
  weight: number;
  /** What is known from elsewhere, log odds. */
  odds: number;
}

/** Time constants of the means, in frames: of the activation's, and of the mass. */
const meanFrames = 120;
const massFrames = 300;
const frameSeconds = 1 / activationRate;
/**
 * Logistic regressions of music against all else: constant, log of the peaks' height, log of their share on the beat, log odds of the
 * mass. High peaks on the beat are enough at once; lower ones are once the filter has kept to them for a while. What is larger counts.
 */
const quickWeights = [9.5, 5.4, 2.7] as const;
const keptWeights = [7.4, 3.5, 2.8, 0.9] as const;
const massRange = [0.02, 0.97] as const;
/** One moment says no more than this, log odds a second. */
const most = 4;
/** While the filter holds less than this of any hypothesis, it expects nothing: the peaks count as if this share of them fell on a beat. */
const settledMass = 0.3;
const unsettledShare = 0.25;
/** The means begin as if there had been so many frames with low peaks: the first peak that comes does not decide alone. */
const before = { frames: 20, activation: 0.1, square: 0.025, onBeat: 0.00625, mass: 0 };
/** Bounds of the sum, log odds, which begins at the lower one; where beats begin and end. */
const bounds = [-2, 6] as const;
const start = 0;
const stop = -1;

export function createMusicEvidence(): MusicEvidence {
  const means = { ...before };
  const sum: { value: number; odds: number } = { value: bounds[0], odds: 0 };
  // Fractions from the beginning: V8 then keeps these fields as numbers that change in place.
  const known: Known = { mass: massRange[0], weight: 0.5, odds: 0.5 };
  const evidence = {
    present: false,
    known,
    push(activation: number, onBeat: number): void {
      // The first frames count evenly, so that the means hold from the beginning.
      means.frames += 1;
      const share = 1 / Math.min(meanFrames, means.frames);
      const square = activation * activation;
      means.activation += (activation - means.activation) * share;
      means.square += (square - means.square) * share;
      means.onBeat += (square * onBeat - means.onBeat) * share;
      means.mass += (known.mass - means.mass) / Math.min(massFrames, means.frames);
      judge();
      const odds = Math.min(most, Math.max(-most, sum.odds + known.odds));
      // A filter that has just begun expects nothing yet: that speaks against nothing.
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

  /** What the means say now, log odds. */
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
