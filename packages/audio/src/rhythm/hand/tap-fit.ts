import { gapsOf, likeliest, middle } from "./likeliest-line.ts";
import type { ExpectedInterval, TapFit } from "./likeliest-line.ts";
import { usualJitter } from "./tap-line.ts";

/** Taps of one series. */
export interface Taps {
  /** Takes a tap; `time` in s. One more than two seconds, or two usual gaps, after the last begins a new series. */
  add(time: number): void;
  /** Number of taps in this series. */
  readonly count: number;
  /**
   * The likeliest line of beats; undefined for one tap. With a jitter of s seconds the interval from n taps has a standard error of
   * s / sqrt(n (n² - 1) / 12): for 30 ms and 8 taps 4.6 ms, which is 0.5 % at 60 BPM, 0.9 % at 120 and 1.5 % at 200. One of them
   * that is a mistake, or missing, makes it up to 5.7 ms.
   * @param expected intervals, s, of which one is meant if the taps do not contradict it
   */
  fit(expected?: readonly ExpectedInterval[]): TapFit | undefined;
  reset(): void;
}

/** Taps further apart belong to different series, s: 30 BPM; or in gaps as usual in the series, of which one may be missing. */
const longestGap = 2;
const longestGaps = 2.4;
/** The newest taps that count. */
const mostTaps = 12;
/** Two taps closer than this are one, s. */
const bounce = 0.1;
/** The newest taps decide when so many gaps in a row agree and are not those of the line: one bad tap spoils two. */
const newLineAfter = 3;
/** The mean of these gaps is another one by this share, and by more than jitter explains, s; each gap is this close to their mean. */
const otherGap = 0.12;
const otherMean = (3.5 * Math.SQRT2 * usualJitter) / newLineAfter;
const sameGap = 0.1;
/** A tap this close to the line is on it, s. */
const nearLine = 2.5 * usualJitter;

/** Allocates only when a tap comes. */
export function createTaps(): Taps {
  let times: number[] = [];

  /** Most of the newest taps are on the line, and are not twice as slow. */
  function isOn({ time, interval }: TapFit, gap: number): boolean {
    const near = times.slice(-1 - newLineAfter).filter((tap) => Math.abs(tap - time - Math.round((tap - time) / interval) * interval) < nearLine);
    return near.length >= newLineAfter && gap < 1.5 * interval;
  }

  return {
    get count() {
      return times.length;
    },
    add(time) {
      const last = times.at(-1) ?? -Infinity;
      const longest = Math.max(longestGap, times.length > 2 ? longestGaps * middle(gapsOf(times)) : 0);
      if (time - last > longest || time < last) times = [];
      else if (time - last < bounce) return;
      times = [...times, time].slice(-mostTaps);
    },
    fit(expected = []) {
      const line = likeliest(times, expected);
      if (line === undefined || times.length <= 1 + newLineAfter) return line;
      const newest = gapsOf(times.slice(-1 - newLineAfter));
      const mean = newest.reduce((sum, gap) => sum + gap, 0) / newLineAfter;
      const isOther = Math.abs(mean - line.interval) > Math.max(otherMean, otherGap * line.interval);
      if (!isOther || isOn(line, mean) || newest.some((gap) => Math.abs(gap / mean - 1) > sameGap)) return line;
      times = times.slice(-1 - newLineAfter);
      return likeliest(times, expected);
    },
    reset() {
      times = [];
    },
  };
}
