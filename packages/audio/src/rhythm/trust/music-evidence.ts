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
  hear(activation: number, onBeat: number): void;
  /** What else is known, until it is set anew. */
  readonly known: Known;
  reset(): void;
}

export interface Known {
  /** What the filter holds of its hypothesis, 0..1. */
  mass: number;
  /** How far a frame counts that speaks against music. */
  weight: number;
  /** What is known from elsewhere, log odds. */
  odds: number;
}

/** Time constants of the means, in frames: of the activation's, and of the mass. */
const FRAMES = 120;
const MASS_FRAMES = 300;
const FRAME_SECONDS = 0.01;
/**
 * Logistic regressions of music against all else: constant, log of the peaks' height, log of their share on the beat, log odds of the
 * mass. High peaks on the beat are enough at once; lower ones are once the filter has kept to them for a while. What is larger counts.
 */
const QUICK = [9.5, 5.4, 2.7] as const;
const KEPT = [7.4, 3.5, 2.8, 0.9] as const;
const MASS_RANGE = [0.02, 0.97] as const;
/** One moment says no more than this, log odds a second. */
const MOST = 4;
/** While the filter holds less than this of any hypothesis, it expects nothing: the peaks count as if this share of them fell on a beat. */
const SETTLED_MASS = 0.3;
const UNSETTLED_SHARE = 0.25;
/** The means begin as if there had been so many frames with low peaks: the first peak that comes does not decide alone. */
const BEFORE = { frames: 20, activation: 0.1, square: 0.025, onBeat: 0.00625, mass: 0 };
/** Bounds of the sum, log odds, which begins at the lower one; where beats begin and end. */
const BOUNDS = [-2, 6] as const;
const START = 0;
const STOP = -1;

export const createMusicEvidence = (): MusicEvidence => {
  const means = { ...BEFORE };
  const sum: { value: number; odds: number } = { value: BOUNDS[0], odds: 0 };
  // Fractions from the beginning: V8 then keeps these fields as numbers that change in place.
  const known: Known = { mass: MASS_RANGE[0], weight: 0.5, odds: 0.5 };
  const evidence = {
    present: false,
    known,
    hear(activation: number, onBeat: number): void {
      // The first frames count evenly, so that the means hold from the beginning.
      means.frames += 1;
      const share = 1 / Math.min(FRAMES, means.frames);
      const square = activation * activation;
      means.activation += (activation - means.activation) * share;
      means.square += (square - means.square) * share;
      means.onBeat += (square * onBeat - means.onBeat) * share;
      means.mass += (known.mass - means.mass) / Math.min(MASS_FRAMES, means.frames);
      judge();
      const odds = Math.min(MOST, Math.max(-MOST, sum.odds + known.odds));
      // A filter that has just begun expects nothing yet: that speaks against nothing.
      const counted = odds < 0 ? odds * known.weight * Math.min(1, means.frames / FRAMES) : odds;
      sum.value = Math.min(BOUNDS[1], Math.max(BOUNDS[0], sum.value + counted * FRAME_SECONDS));
      evidence.present = sum.value > (evidence.present ? STOP : START);
    },
    reset(): void {
      Object.assign(means, BEFORE);
      sum.value = BOUNDS[0];
      evidence.present = false;
    },
  };

  /** What the means say now, log odds. */
  const judge = (): void => {
    const height = Math.log(means.square / Math.max(1e-9, means.activation) + 1e-4);
    const expected = UNSETTLED_SHARE * Math.max(0, 1 - means.mass / SETTLED_MASS);
    const onBeat = Math.log(Math.max(expected, means.onBeat / Math.max(1e-9, means.square)) + 1e-4);
    const mass = Math.min(MASS_RANGE[1], Math.max(MASS_RANGE[0], means.mass));
    const quick = QUICK[0] + QUICK[1] * height + QUICK[2] * onBeat;
    const kept = KEPT[0] + KEPT[1] * height + KEPT[2] * onBeat + KEPT[3] * Math.log(mass / (1 - mass));
    sum.odds = Math.max(quick, kept);
  };

  return evidence;
};
