/** Smallest visible value; a falling value below it becomes exactly 0. */
const invisible = 0.002;

/** Share of the distance to a lower target that is covered per frame; `smoothing` 0–1 means 0–1 s, 0.3 means 90 ms. */
export function releaseShare(smoothing: number, frameSeconds: number): number {
  return smoothing <= 0 ? 1 : 1 - Math.exp(-frameSeconds / (smoothing * smoothing));
}

/** Follows upwards at once and downwards by `share`. */
export function release(now: number, target: number, share: number): number {
  if (target >= now) return target;
  const next = now + (target - now) * share;
  return next < invisible ? target < invisible ? 0 : target : next;
}
