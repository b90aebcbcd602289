// Beat measures as the field defines them (Davies, Degara, Plumbley 2009: "Evaluation methods for musical audio beat
// tracking algorithms"), without the first seconds of a clip and its ignored spans. Times in seconds.

const SKIP = 5;
const WINDOW = 0.07;
const CONTINUITY = 0.175;
const TEMPO_TOLERANCE = 0.04;

/** Greedy one-to-one matches within `window`, both lists sorted: pairs of indices. */
export const matches = (reference, estimate, window) => {
  const pairs = [];
  for (let i = 0, j = 0; i < reference.length && j < estimate.length;) {
    const off = estimate[j] - reference[i];
    if (Math.abs(off) <= window + 1e-9) pairs.push([i++, j++]);
    else if (off < 0) j++;
    else i++;
  }
  return pairs;
};

const nearest = (sorted, time) =>
  sorted.reduce((best, t, k) => (Math.abs(t - time) < Math.abs(sorted[best] - time) ? k : best), 0);

/** Share of beats in order, by phase and period. */
const continuity = (reference, estimate) => {
  if (reference.length < 2 || estimate.length < 2) return 0;
  const used = new Set();
  for (let m = 0; m < estimate.length; m++) {
    const k = nearest(reference, estimate[m]);
    if (used.has(k)) continue;
    const ahead = m === 0 || k === 0;
    if (ahead && (m + 1 >= estimate.length || k + 1 >= reference.length)) continue;
    const step = ahead ? 1 : 0;
    const wanted = reference[k + step] - reference[k + step - 1];
    const found = estimate[m + step] - estimate[m + step - 1];
    if (Math.abs(reference[k] - estimate[m]) / wanted < CONTINUITY && Math.abs(1 - found / wanted) < CONTINUITY) used.add(k);
  }
  return used.size / Math.max(reference.length, estimate.length);
};

/** The levels at which a listener may tap: as labelled, off the beat, double, half. */
const levels = (beats) => {
  const between = beats.slice(1).map((t, k) => (t + beats[k]) / 2);
  const every = (first) => beats.filter((_, k) => k % 2 === first);
  return [beats, between, [...beats, ...between].toSorted((a, b) => a - b), every(0), every(1)];
};

const tempoRight = (truth, bpm, factors) => factors.some((f) => Math.abs(bpm - truth * f) <= TEMPO_TOLERANCE * truth * f);

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** All measures of one clip; null where a measure does not apply. */
export const measureBeats = (truth, analysis) => {
  const counts = (t) => t >= SKIP && t < truth.duration && !truth.ignore.some(([from, to]) => t >= from && t < to);
  const reference = truth.beats.filter(counts);
  const estimate = analysis.beats.filter(counts);
  const pairs = matches(reference, estimate, WINDOW);
  const every = levels(reference).map((level) => continuity(level, estimate));
  const steady = truth.bpm && !truth.tempo_varies;
  return {
    F: (2 * pairs.length) / Math.max(1, reference.length + estimate.length),
    CMLt: every[0],
    AMLt: Math.max(...every),
    Acc1: steady ? Number(tempoRight(truth.bpm, analysis.bpm, [1])) : null,
    Acc2: steady ? Number(tempoRight(truth.bpm, analysis.bpm, [1, 2, 3, 1 / 2, 1 / 3])) : null,
    bias: pairs.length >= 4 ? 1000 * median(pairs.map(([i, j]) => estimate[j] - reference[i])) : null,
    dropHits: matches(truth.drops, analysis.drops, 1).length,
    drops: truth.drops.length,
    dropsFound: analysis.drops.length,
  };
};

export const mean = (values) => {
  const known = values.filter((v) => v !== null && v !== undefined);
  return known.reduce((a, b) => a + b, 0) / known.length;
};
export { median };
