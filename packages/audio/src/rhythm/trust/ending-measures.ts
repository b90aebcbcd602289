import { createSoundColour } from "./sound-colour.ts";

/** Compares the current peaks and bands with those of the music before. */
export interface EndingMeasures {
  /** Log of the height of the current peaks, which is 0..1. */
  readonly height: number;
  /** Mean rise of a band from hop to hop, log units: near 0 without onsets. */
  readonly flux: number;
  /**
   * Natural logs of the share of the peaks on the beat, of their height relative to before, of the distance of the bands
   * from before, of the flux, of what the bands have gained and of what they have lost.
   */
  readonly values: Float64Array;
  /** Processes the newest log bands, once per hop; `peak`: see `LogBands`. */
  listen(bands: Float64Array, peak: number): void;
  /** Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to an expected beat. */
  push(activation: number, onBeat: number): void;
  /** Measures the peaks: `height` and the first two of `values`. Without `attacks` (see `attacks.ts`) they are those of other sounds at most. */
  measure(attacks: boolean): void;
  /** Measures the sound: the other `values`. */
  compare(): void;
  /** Takes the current sound for that of the music. */
  learn(): void;
  /** The next sound that is learned is the first. */
  forget(): void;
}

/** Time constants, in frames: of the current peaks and of the music before. */
const nowFrames = 60;
const beforeFrames = 1000;
/** Usual peaks of other sounds, natural logs: height, share on the beat, height relative to before. */
const others = { height: Math.log(0.2), share: Math.log(0.25), relative: -1 } as const;
/** Added before each logarithm. */
const least = { share: 0.03, height: 0.001, apart: 0.1, flux: 0.01, added: 0.05, lost: 0.05 } as const;

export function createEndingMeasures(bandCount: number): EndingMeasures {
  const colour = createSoundColour(bandCount);
  const now = { activation: 0, square: 0, onBeat: 0 };
  const before = { height: 0.5, frames: 0.5 };

  const measures = {
    height: 0.5,
    get flux() {
      return colour.flux;
    },
    values: new Float64Array(6),
    listen: (bands: Float64Array, peak: number) => colour.listen(bands, peak),
    push(activation: number, onBeat: number): void {
      const square = activation * activation;
      now.activation += (activation - now.activation) / nowFrames;
      now.square += (square - now.square) / nowFrames;
      now.onBeat += (square * onBeat - now.onBeat) / nowFrames;
    },
    measure(attacks: boolean): void {
      measures.height = Math.log(heightNow() + least.height);
      measures.values[0] = Math.log(now.onBeat / Math.max(1e-9, now.square) + least.share);
      measures.values[1] = measures.height - Math.log(before.height + least.height);
      if (attacks) return;
      measures.height = Math.min(measures.height, others.height);
      measures.values[0] = Math.min(measures.values[0] ?? NaN, others.share);
      measures.values[1] = Math.min(measures.values[1] ?? NaN, others.relative);
    },
    compare(): void {
      colour.compare();
      measures.values[2] = Math.log(colour.apart + least.apart);
      measures.values[3] = Math.log(colour.flux + least.flux);
      measures.values[4] = Math.log(colour.added + least.added);
      measures.values[5] = Math.log(colour.lost + least.lost);
    },
    learn(): void {
      before.frames += 1;
      const share = 1 / Math.min(beforeFrames, before.frames);
      before.height += (heightNow() - before.height) * share;
      colour.learn(share);
    },
    forget(): void {
      before.frames = 0;
      colour.forget();
    },
  };

  function heightNow(): number {
    return now.square / Math.max(1e-6, now.activation);
  }

  measures.forget();
  return measures;
}
