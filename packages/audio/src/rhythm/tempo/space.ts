/** The tempi that the tracker knows, one for every whole number of frames in a beat, and how likely each follows each. */
export interface TempoSpace {
  /** Frames in the shortest beat; tempo i has `shortest + i`. */
  readonly shortest: number;
  readonly tempi: number;
  /** First state of each tempo in one array of all states, and at the end the number of states. */
  readonly first: Int32Array;
  /** change[from * tempi + to], rows sum to 1. */
  readonly change: Float64Array;
  /** Chance of each tempo before anything is heard; sums to 1. */
  readonly prior: Float64Array;
}

export const FRAMES_PER_SECOND = 100;
/** 194 to 55 BPM: a little more than what is reported. */
const SHORTEST = 31;
const LONGEST = 109;
/** exp(-SHARPNESS |ratio - 1|) for a change of tempo at a beat (Krebs, Böck, Widmer 2015). */
const SHARPNESS = 100;
/** Share that starts afresh at each beat, so that a hard cut is found again. */
const RESTART = 0.004;
const PRIOR_BPM = 110;
const PRIOR_OCTAVES = 0.8;

const normalise = (values: Float64Array): Float64Array => {
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((v) => v / sum);
};

export const createTempoSpace = (): TempoSpace => {
  const tempi = LONGEST - SHORTEST + 1;
  const lengths = Float64Array.from({ length: tempi }, (_, i) => SHORTEST + i);
  const first = new Int32Array(tempi + 1);
  lengths.forEach((n, i) => (first[i + 1] = (first[i] ?? 0) + n));
  const prior = normalise(
    lengths.map((n) => Math.exp(-0.5 * (Math.log2((60 * FRAMES_PER_SECOND) / n / PRIOR_BPM) / PRIOR_OCTAVES) ** 2)),
  );
  const change = new Float64Array(tempi * tempi);
  lengths.forEach((from, i) => {
    const row = normalise(lengths.map((to) => Math.exp(-SHARPNESS * Math.abs(to / from - 1))));
    change.set(
      row.map((w, j) => (1 - RESTART) * w + RESTART * (prior[j] ?? 0)),
      i * tempi,
    );
  });
  return { shortest: SHORTEST, tempi, first, change, prior };
};
