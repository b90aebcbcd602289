/** What is smaller than this no eye sees; a falling value ends there in a true zero. */
const invisible = 0.002;

/** The share of the way to a lower value that is gone per frame; `smoothing` 0–1 means 0–1 s, with 0.3 at 90 ms. */
export function releaseShare(smoothing: number, frameSeconds: number): number {
  return smoothing <= 0 ? 1 : 1 - Math.exp(-frameSeconds / (smoothing * smoothing));
}

/** Follows upwards at once and downwards by `share`. */
export function release(now: number, target: number, share: number): number {
  if (target >= now) return target;
  const next = now + (target - now) * share;
  return next < invisible ? target < invisible ? 0 : target : next;
}
