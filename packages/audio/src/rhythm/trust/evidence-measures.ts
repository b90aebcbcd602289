/** What the evidence of music is made of: means over the last seconds. */
export interface EvidenceMeasures {
  /** Frames since the start or the last `reset`. */
  readonly frames: number;
  /** Natural logs of the height of the peaks and of their share on the beat, each 0..1, then the log odds of the filter's mass. */
  readonly values: Float64Array;
  /** Share of the peaks on the beat, 0..1. */
  readonly onBeat: number;
  /** The sound of the last seconds has bass. */
  readonly hasBass: boolean;
  /** For many frames the peaks were high, in a sound with bass: music in which the filter finds no beat has those too. */
  readonly lasts: boolean;
  /** Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to a beat that the filter expected before it. */
  push(activation: number, onBeat: number, known: Sound): void;
  /** Brings `values` up to date. */
  measure(): void;
  reset(): void;
}

/** What is known of the sound of a frame beside its activation. */
export interface Sound {
  /** The filter's probability of its hypothesis, 0..1. */
  readonly mass: number;
  /** Power of the bass, and of all bands. */
  readonly bass: number;
  readonly power: number;
}

/** Time constants of the means, in frames: first the activation's, then the mass's, then of what lasts. */
export const meanFrames = 120;
const massFrames = 300;
const longFrames = 1000;
/** Limits of the mass. */
const massRange = [0.02, 0.97] as const;
/** Least height of peaks that last, and least share of the bass in the power of a sound with bass. */
const longHeight = 0.35;
const longBass = 0.06;
/** While the filter's mass is below this, it expects no beats: the peaks count as if this share of them fell on a beat. */
const settledMass = 0.3;
const unsettledShare = 0.25;
/** The means start as if this many frames with low peaks had passed: any sound begins with a peak, and the first few do not decide. */
const before = { frames: 50, activation: 0.1, square: 0.025, onBeat: 0.00625, mass: 0, longHeight: 0, bass: 0, power: 0 };

export function createEvidenceMeasures(): EvidenceMeasures {
  const means = { ...before };
  const measures = {
    values: new Float64Array(3),
    get frames() {
      return means.frames;
    },
    get onBeat() {
      return means.onBeat / Math.max(1e-9, means.square);
    },
    get hasBass() {
      return means.bass > longBass * means.power;
    },
    get lasts() {
      return means.frames > longFrames && means.longHeight > longHeight && measures.hasBass;
    },
    push(activation: number, onBeat: number, known: Sound): void {
      // The first frames are averaged evenly, so that the means are useful from the start.
      means.frames += 1;
      const share = 1 / Math.min(meanFrames, means.frames);
      const square = activation * activation;
      means.activation += (activation - means.activation) * share;
      means.square += (square - means.square) * share;
      means.onBeat += (square * onBeat - means.onBeat) * share;
      means.mass += (known.mass - means.mass) / Math.min(massFrames, means.frames);
      const longShare = 1 / Math.min(longFrames, means.frames);
      means.longHeight += (height() - means.longHeight) * longShare;
      means.bass += (known.bass - means.bass) * longShare;
      means.power += (known.power - means.power) * longShare;
    },
    measure(): void {
      const expected = unsettledShare * Math.max(0, 1 - means.mass / settledMass);
      const mass = Math.min(massRange[1], Math.max(massRange[0], means.mass));
      measures.values[0] = Math.log(height() + 1e-4);
      measures.values[1] = Math.log(Math.max(expected, measures.onBeat) + 1e-4);
      measures.values[2] = Math.log(mass / (1 - mass));
    },
    reset(): void {
      Object.assign(means, before);
    },
  };

  function height(): number {
    return means.square / Math.max(1e-9, means.activation);
  }

  return measures;
}
