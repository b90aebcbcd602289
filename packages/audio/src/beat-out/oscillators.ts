import type { AudioFrame } from "../frame.ts";

/** Beats that one swing of an oscillator takes. */
export const oscillatorBeats = [1, 2, 4] as const;

/** Oscillators locked to the beat, to move pictures with. */
export interface Oscillators {
  /** The sine over 1, 2 and 4 beats, then the triangle, then the saw; each 0–1. */
  readonly values: Float32Array;
  /** `metre`: beats of a bar, 4 where it is left out. */
  update(frame: Pick<AudioFrame, "barPhase"> & Partial<Pick<AudioFrame, "metre">>): void;
}

/**
 * All are 0 on the first beat of their swing, and while there is no tempo. `sin` and `tri` reach 1 half-way and come back, `saw`
 * rises all the way and begins anew. Allocates nothing per frame.
 */
export function createOscillators(): Oscillators {
  const swings = oscillatorBeats.length;
  const values = new Float32Array(3 * swings);
  return {
    values,
    update({ barPhase, metre = 4 }) {
      const beats = barPhase * metre;
      for (let i = 0; i < swings; i += 1) {
        const saw = (beats / (oscillatorBeats[i] ?? 1)) % 1;
        values[i] = (1 - Math.cos(2 * Math.PI * saw)) / 2;
        values[swings + i] = 1 - Math.abs(2 * saw - 1);
        values[2 * swings + i] = saw;
      }
    },
  };
}
