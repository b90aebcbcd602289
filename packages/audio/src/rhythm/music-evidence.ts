/**
 * Whether there is music with a beat, or speech, applause, noise, a pad: a running sum of evidence. Beats of music are high in the
 * activation, they come where the filter expects them, and the filter keeps to its hypothesis; the peaks of everything else are low,
 * come anyhow, and throw the filter about.
 */
export interface MusicEvidence {
  /** Beats may go out. */
  readonly present: boolean;
  /**
   * Takes one frame. `activation` 0..1; `onBeat` 0..1: how near to an expected beat the frame is, as the filter saw it before;
   * `mass` 0..1: what the filter holds of its hypothesis; `weight`: how far it counts when it speaks against music; `known`: what is
   * known from elsewhere, log odds.
   */
  hear(activation: number, onBeat: number, mass: number, weight: number, known: number): void;
  reset(): void;
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
/** The sum, log odds: where it begins, its bounds, and where beats begin and end. */
const FIRST = -2;
const BOUNDS = [-3, 6] as const;
const START = 0;
const STOP = -1;

export const createMusicEvidence = (): MusicEvidence => {
  const means = { frames: 0, activation: 0, square: 0, onBeat: 0, mass: 0 };
  const sum = { value: FIRST };
  const evidence = {
    present: false,
    hear(activation: number, onBeat: number, mass: number, weight: number, known: number): void {
      // The first frames count evenly, so that the means are some from the beginning.
      means.frames += 1;
      const share = 1 / Math.min(FRAMES, means.frames);
      const square = activation * activation;
      means.activation += (activation - means.activation) * share;
      means.square += (square - means.square) * share;
      means.onBeat += (square * onBeat - means.onBeat) * share;
      means.mass += (mass - means.mass) / Math.min(MASS_FRAMES, means.frames);
      const odds = Math.min(MOST, Math.max(-MOST, moment() + known));
      // A filter that has just begun expects nothing yet: that speaks against nothing.
      const counted = odds < 0 ? odds * weight * Math.min(1, means.frames / FRAMES) : odds;
      sum.value = Math.min(BOUNDS[1], Math.max(BOUNDS[0], sum.value + counted * FRAME_SECONDS));
      evidence.present = sum.value > (evidence.present ? STOP : START);
    },
    reset(): void {
      means.frames = 0;
      means.activation = 0;
      means.square = 0;
      means.onBeat = 0;
      means.mass = 0;
      sum.value = FIRST;
      evidence.present = false;
    },
  };

  /** What the means say now, log odds. */
  const moment = (): number => {
    const height = Math.log(means.square / Math.max(1e-9, means.activation) + 1e-4);
    const onBeat = Math.log(means.onBeat / Math.max(1e-9, means.square) + 1e-4);
    const mass = Math.min(MASS_RANGE[1], Math.max(MASS_RANGE[0], means.mass));
    const quick = QUICK[0] + QUICK[1] * height + QUICK[2] * onBeat;
    const kept = KEPT[0] + KEPT[1] * height + KEPT[2] * onBeat + KEPT[3] * Math.log(mass / (1 - mass));
    return Math.max(quick, kept);
  };

  return evidence;
};
