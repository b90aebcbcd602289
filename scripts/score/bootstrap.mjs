/**
 * A small generator of evenly distributed numbers in 0..1 (mulberry32), so that the interval is the same in each run.
 * @param {number} seed
 */
export const createRandom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/**
 * 95 % interval of the mean: percentiles over resampled values (Efron 1979).
 * @param {readonly number[]} values at least one
 * @returns {[low: number, high: number]}
 */
export const interval = (values, rounds = 4000) => {
  const random = createRandom(1);
  const means = Float64Array.from({ length: rounds }, () => {
    let sum = 0;
    for (let k = 0; k < values.length; k++) sum += values[Math.floor(random() * values.length)] ?? Number.NaN;
    return sum / values.length;
  }).sort();
  const at = (/** @type {number} */ share) => means[Math.floor(rounds * share)] ?? Number.NaN;
  return [at(0.025), at(0.975)];
};
