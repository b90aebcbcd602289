// Beat measures as the field defines them (Davies, Degara, Plumbley 2009: "Evaluation methods for musical audio beat
// tracking algorithms"), without the first seconds of a clip and its ignored spans. Times in seconds.

const SKIP = 5;
const WINDOW = 0.07;
const CONTINUITY = 0.175;
const TEMPO_TOLERANCE = 0.04;

/**
 * Measures of one clip; null where a measure does not apply.
 * @typedef {{ F: number, CMLt: number, AMLt: number, Acc1: number | null, Acc2: number | null, bias: number | null, dropHits: number, drops: number, dropsFound: number }} Measures
 */

/** @typedef {readonly number[]} Times sorted */

/** An index outside gives NaN. @type {(times: Times, k: number) => number} */
const at = (times, k) => times[k] ?? Number.NaN;

/**
 * Greedy one-to-one matches within `window`, both lists sorted: pairs of times.
 * @param {Times} reference @param {Times} estimate @param {number} window
 */
export const matches = (reference, estimate, window) => {
  /** @type {{ reference: number, estimate: number }[]} */
  const pairs = [];
  for (let i = 0, j = 0; i < reference.length && j < estimate.length;) {
    const off = at(estimate, j) - at(reference, i);
    if (Math.abs(off) <= window + 1e-9) pairs.push({ reference: at(reference, i++), estimate: at(estimate, j++) });
    else if (off < 0) j++;
    else i++;
  }
  return pairs;
};

/** Index of the time nearest to another. @type {(sorted: Times, time: number) => number} */
const nearest = (sorted, time) =>
  sorted.reduce((best, t, k) => (Math.abs(t - time) < Math.abs(at(sorted, best) - time) ? k : best), 0);

/** Share of beats in order, by phase and period. @type {(reference: Times, estimate: Times) => number} */
const continuity = (reference, estimate) => {
  if (reference.length < 2 || estimate.length < 2) return 0;
  const used = new Set();
  for (let m = 0; m < estimate.length; m++) {
    const k = nearest(reference, at(estimate, m));
    if (used.has(k)) continue;
    const ahead = m === 0 || k === 0;
    if (ahead && (m + 1 >= estimate.length || k + 1 >= reference.length)) continue;
    const step = ahead ? 1 : 0;
    const wanted = at(reference, k + step) - at(reference, k + step - 1);
    const found = at(estimate, m + step) - at(estimate, m + step - 1);
    if (Math.abs(at(reference, k) - at(estimate, m)) / wanted < CONTINUITY && Math.abs(1 - found / wanted) < CONTINUITY) used.add(k);
  }
  return used.size / Math.max(reference.length, estimate.length);
};

/** The levels that count as right: as labelled, off the beat, double, half. @type {(beats: Times) => [Times, ...Times[]]} */
const levels = (beats) => {
  const between = beats.slice(1).map((t, k) => (t + at(beats, k)) / 2);
  const every = (/** @type {number} */ first) => beats.filter((_, k) => k % 2 === first);
  return [beats, between, [...beats, ...between].toSorted((a, b) => a - b), every(0), every(1)];
};

/** @type {(truth: number, bpm: number, factors: readonly number[]) => boolean} */
const tempoRight = (truth, bpm, factors) => factors.some((f) => Math.abs(bpm - truth * f) <= TEMPO_TOLERANCE * truth * f);

/** NaN of none. @param {readonly number[]} values */
export const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? at(sorted, half) : (at(sorted, half - 1) + at(sorted, half)) / 2;
};

/**
 * All measures of one clip.
 * @param {import("./files.mjs").Truth} truth @param {Pick<import("@vj/audio").Analysis, "beats" | "drops" | "bpm">} analysis
 * @returns {Measures}
 */
export const measureBeats = (truth, analysis) => {
  const counts = (/** @type {number} */ t) => t >= SKIP && t < truth.duration && !truth.ignore.some(([from, to]) => t >= from && t < to);
  const reference = truth.beats.filter(counts);
  const estimate = analysis.beats.filter(counts);
  const pairs = matches(reference, estimate, WINDOW);
  const [asLabelled, ...others] = levels(reference);
  const labelled = continuity(asLabelled, estimate);
  const tempo = truth.tempo_varies === true ? 0 : (truth.bpm ?? 0);
  return {
    F: (2 * pairs.length) / Math.max(1, reference.length + estimate.length),
    CMLt: labelled,
    AMLt: Math.max(labelled, ...others.map((level) => continuity(level, estimate))),
    Acc1: tempo > 0 ? Number(tempoRight(tempo, analysis.bpm, [1])) : null,
    Acc2: tempo > 0 ? Number(tempoRight(tempo, analysis.bpm, [1, 2, 3, 1 / 2, 1 / 3])) : null,
    bias: pairs.length >= 4 ? 1000 * median(pairs.map((pair) => pair.estimate - pair.reference)) : null,
    dropHits: matches(truth.drops, analysis.drops, 1).length,
    drops: truth.drops.length,
    dropsFound: analysis.drops.length,
  };
};

/** NaN of none. @param {readonly number[]} values */
export const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
