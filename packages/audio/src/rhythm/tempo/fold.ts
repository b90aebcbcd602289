/** The range of the reported tempo, BPM. */
const lowest = 60;
const highest = 180;
/** A tempo which is beyond the range by less than this factor is reported as its end: one that drifts around it must not change its octave. */
const slack = 1.02;

/** The half or double of a tempo, BPM, that lies within the reported range. */
export function folded(bpm: number): number {
  let shown = bpm;
  while (shown > highest) shown /= 2;
  while (shown < lowest) shown *= 2;
  return shown;
}

/** Folds a measured tempo, which keeps its octave while it stays near the range. */
export interface TempoFold {
  /** @param bpm above 0. @returns 60..180 */
  of(bpm: number): number;
  reset(): void;
}

export function createTempoFold(): TempoFold {
  const octave = { factor: 1 };
  return {
    of(bpm) {
      if (bpm * octave.factor > highest * slack || bpm * octave.factor < lowest / slack) octave.factor = folded(bpm) / bpm;
      return Math.min(highest, Math.max(lowest, bpm * octave.factor));
    },
    reset() {
      octave.factor = 1;
    },
  };
}
