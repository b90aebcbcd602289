import { median } from "@vj/schema";

/** Neighbours that are drawn as one, so that there are at most `most`. @returns the first of each group and the one after its last */
export function groupsOf(count: number, most: number): [from: number, to: number][] {
  const size = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / size) }, (_, k) => [k * size, Math.min(count, (k + 1) * size)]);
}

/** The largest value from one place to before another. */
export function largest(values: readonly number[], from = 0, to = values.length): number {
  let most = -Infinity;
  for (let k = from; k < to; k += 1) most = Math.max(most, values[k] ?? -Infinity);
  return most;
}

/**
 * Which of some times are drawn, so that they stay apart: every one, every second (or what `first` says), fourth …
 * @param scale pixels of a second. @param least pixels between most of them
 */
export function strideOf(times: readonly number[], scale: number, least: number, first = 2): number {
  const gap = median(times.slice(1).map((time, k) => time - (times[k] ?? time))) * scale;
  if (times.length < 2 || gap >= least) return 1;
  let stride = first;
  while (gap * stride < least && stride < times.length) stride *= 2;
  return stride;
}
