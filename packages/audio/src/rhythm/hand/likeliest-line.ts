import { settled } from "./tap-line.ts";
import type { TapLine } from "./tap-line.ts";

/** A line of beats through some taps. */
export interface TapFit extends TapLine {
  /** The interval is one of those that were expected. */
  readonly isExpected: boolean;
}

/** An interval that taps may mean, s, and how likely that is before the first tap, 0..1. */
export interface ExpectedInterval {
  readonly interval: number;
  readonly likely: number;
}

/** Intervals from this share of the usual gap to its inverse are tried: a tap may be missing or too many. */
const leastShare = 0.58;

/** The times between neighbours, s. */
export function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, i) => time - (times[i] ?? NaN));
}

/** The median. */
export function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

/** The likeliest of the lines that begin as one through two taps, or as one with an expected interval through a tap. */
export function likeliest(times: readonly number[], expected: readonly ExpectedInterval[]): TapFit | undefined {
  if (times.length < 2) return undefined;
  const usual = middle(gapsOf(times));
  const isUsual = (interval: number): boolean => interval >= leastShare * usual && interval <= usual / leastShare;
  const best = bestOf(
    times.flatMap((from, i) =>
      times.slice(i + 1).flatMap((to) => {
        const most = Math.floor((to - from) / (leastShare * usual));
        const intervals = Array.from({ length: most }, (_, k) => (to - from) / (k + 1)).filter(isUsual);
        return intervals.map((interval) => settled({ time: to, interval }, times, false)).filter((line) => line !== undefined && isUsual(line.interval));
      }),
    ),
  );
  const meant = bestOf(
    expected.filter(({ interval }) => isUsual(interval)).flatMap(({ interval, likely }) =>
      times.map((time) => {
        const line = settled({ time, interval }, times, true);
        return line && { ...line, score: line.score + Math.log(likely) };
      }),
    ),
  );
  if (best === undefined || meant === undefined) return best && { ...best, isExpected: false };
  // A line with any interval fits better than the true one, by chance: the more intervals its taps can tell apart, the less that counts.
  const isExpected = meant.score + Math.log(best.interval / best.intervalDoubt) >= best.score;
  return isExpected ? { ...meant, isExpected } : { ...best, isExpected };
}

function bestOf(lines: readonly (TapLine | undefined)[]): TapLine | undefined {
  return lines.reduce((best, line) => (line !== undefined && line.score > (best?.score ?? -Infinity) ? line : best), undefined);
}
