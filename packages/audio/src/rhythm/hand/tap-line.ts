import type { BeatLine } from "./hand-beat.ts";

/** A line of beats through some taps. */
export interface TapLine extends BeatLine {
  /** Time of the newest beat on the line, s. */
  readonly time: number;
  /** Standard deviations of time and interval, s. */
  readonly timeDoubt: number;
  readonly intervalDoubt: number;
  /** Taps on the line, 2 or more; the others are more likely mistakes. */
  readonly taps: number;
  /** Logarithm of the likelihood of the taps; taps exactly on the line, one for each beat, have 0. */
  readonly score: number;
}

/** Jitter of a person's tap, s: a standard deviation. It counts as much as so many taps, because a few may be close to a line by chance. */
export const usualJitter = 0.03;
const usualWeight = 4;
/** Share of taps that are mistakes and may be anywhere in the beat. */
const mistakes = 0.08;
/** Logarithm of the probability that a beat in the middle is not tapped, not even by mistake at another time. */
const skipped = -3;

/** A tap. */
interface Point {
  /** Beat of the line: 0 is the one at its time. */
  readonly beat: number;
  /** Time, s. */
  readonly at: number;
  /** Probability that the tap is meant for this beat. */
  readonly weight: number;
}

interface Weighed {
  readonly points: readonly Point[];
  readonly score: number;
}

/** Each beat has one tap, the nearest. Any other tap is a mistake, and so, more likely, is one more than three times the jitter off. */
function weigh({ time, interval }: BeatLine, times: readonly number[]): Weighed {
  const other = (mistakes * usualJitter * Math.sqrt(2 * Math.PI)) / interval;
  const nearest = new Map<number, number>();
  for (const at of times) {
    const beat = Math.round((at - time) / interval);
    const rival = nearest.get(beat);
    if (rival === undefined || Math.abs(at - time - beat * interval) < Math.abs(rival - time - beat * interval)) nearest.set(beat, at);
  }
  let score = (times.length - nearest.size) * Math.log(other);
  const points = [...nearest].map(([beat, at]): Point => {
    const likelihood = Math.exp(-0.5 * ((at - time - beat * interval) / usualJitter) ** 2);
    score += Math.log(likelihood + other);
    return { beat, at, weight: likelihood / (likelihood + other) };
  });
  const beats = points.filter(({ weight }) => weight > 0.5).map(({ beat }) => beat);
  if (beats.length > 0) score += skipped * Math.max(0, Math.max(...beats) - Math.min(...beats) + 1 - times.length);
  return { points, score };
}

/** The mean beat and time of points, by weight, the sum of squares of their distance from that beat, and the slope of least squares. */
function moments(points: readonly Point[]): { readonly weight: number; readonly beat: number; readonly at: number; readonly spread: number; readonly slope: number } {
  const sum = (value: (point: Point) => number): number => points.reduce((all, point) => all + point.weight * value(point), 0);
  const weight = sum(() => 1);
  const [beat, at] = [sum((point) => point.beat) / weight, sum((point) => point.at) / weight];
  const spread = sum((point) => (point.beat - beat) ** 2);
  return { weight, beat, at, spread, slope: sum((point) => (point.beat - beat) * (point.at - at)) / spread };
}

/** Steps from a line to the likeliest one near it: enough for a hundredth of the jitter. */
const steps = 4;
/** Two taps one beat apart have a spread of nearly 0.5; a single tap of 0. */
const leastSpread = 0.2;

/** The likeliest line near a line. @param isFixed the interval stays @returns undefined if fewer than two taps are near it */
export function settled(start: BeatLine, times: readonly number[], isFixed: boolean): TapLine | undefined {
  const origin = times.at(-1) ?? NaN;
  let line = { time: start.time, interval: start.interval };
  for (let step = 0; step < steps; step += 1) {
    const { beat, at, spread, slope } = moments(weigh(line, times).points);
    if (!(spread > leastSpread)) return undefined;
    const interval = isFixed ? line.interval : slope;
    const newest = Math.round((origin - line.time) / line.interval);
    line = { time: at + (newest - beat) * interval, interval };
  }
  const { points, score } = weigh(line, times);
  const { weight, beat, spread } = moments(points);
  if (!(spread > leastSpread)) return undefined;
  const errors = points.reduce((sum, point) => sum + point.weight * (point.at - line.time - point.beat * line.interval) ** 2, 0);
  const jitter = Math.sqrt((errors + usualWeight * usualJitter ** 2) / (Math.max(2, weight) - 2 + usualWeight));
  const intervalDoubt = jitter / Math.sqrt(spread);
  const timeDoubt = isFixed ? jitter / Math.sqrt(weight) : Math.hypot(jitter / Math.sqrt(weight), beat * intervalDoubt);
  return { ...line, score, taps: points.filter((point) => point.weight > 0.5).length, timeDoubt, intervalDoubt };
}
