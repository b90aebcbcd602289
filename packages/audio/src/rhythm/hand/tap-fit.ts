/** A line of beats through some taps. */
export interface TapFit {
  /** Time of the newest beat on the line, s. */
  readonly time: number;
  /** Seconds per beat. */
  readonly interval: number;
  /** Standard deviations of both, s. */
  readonly timeDoubt: number;
  readonly intervalDoubt: number;
  /** Taps on the line, 2 or more; the others were left out as mistakes. */
  readonly taps: number;
}

/** Taps of one series. */
export interface Taps {
  /** Takes a tap; `time` in s. One more than two seconds after the last begins a new series. */
  add(time: number): void;
  /** Number of taps in this series. */
  readonly count: number;
  /** The line that fits most taps; undefined for one tap. */
  fit(): TapFit | undefined;
  reset(): void;
}

/** Taps further apart belong to different series, s: 30 BPM. */
const longestGap = 2;
/** The newest taps that count. */
const mostTaps = 12;
/** A tap this far from the line, as a share of a beat, is a mistake. */
const offLine = 0.22;
/** Jitter of a person's tap, s: it counts as much as so many taps, because a few may be close to a line by chance. */
const usualJitter = 0.03;
const usualWeight = 4;
/** From so many taps on, one further from the line than this many times their usual distance is a mistake as well. */
const fewestForSpread = 5;
const farthest = 2.5;
/** What a line loses that is an octave from the usual gap, in taps. */
const unusual = 20;
/** Two taps closer than this are one, s: 333 BPM. */
const bounce = 0.18;
/** The newest taps decide when so many gaps in a row agree and are not those of the line, by these shares: one bad tap spoils two. */
const newLineAfter = 3;
const otherGap = 0.12;
const sameGap = 0.2;

/** Allocates only when a tap comes. */
export function createTaps(): Taps {
  let times: number[] = [];
  return {
    get count() {
      return times.length;
    },
    add(time) {
      const last = times.at(-1) ?? -Infinity;
      if (time - last > longestGap || time < last) times = [];
      else if (time - last < bounce) return;
      times = [...times, time].slice(-mostTaps);
    },
    fit() {
      const line = fitLine(times);
      const newest = gapsOf(times).slice(-newLineAfter);
      const areOther = newest.every((gap) => line !== undefined && Math.abs(gap / line.interval - 1) > otherGap);
      if (times.length <= 1 + newLineAfter || !areOther || Math.max(...newest) > (1 + sameGap) * Math.min(...newest)) return line;
      times = times.slice(-1 - newLineAfter);
      return fitLine(times);
    },
    reset() {
      times = [];
    },
  };
}

interface Line {
  readonly time: number;
  readonly interval: number;
}

/** Distance of a time from the nearest beat, in beats. */
function residual({ time, interval }: Line, at: number): number {
  const place = (at - time) / interval;
  return Math.abs(place - Math.round(place));
}

function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, i) => time - (times[i] ?? NaN));
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

/** Of the lines through two of the taps each, the one that is close to most; then least squares through those. */
function fitLine(times: readonly number[]): TapFit | undefined {
  if (times.length < 2) return undefined;
  const usual = middle(gapsOf(times));
  let best: Line | undefined;
  let most = -Infinity;
  times.forEach((from, i) => {
    for (const to of times.slice(i + 1)) {
      const about = (to - from) / usual;
      for (const beats of [Math.floor(about), Math.ceil(about)]) {
        const line = { time: to, interval: (to - from) / beats };
        // A tap may be missing or too many: the usual gap is only about right.
        if (beats < 1 || Math.abs(Math.log2(line.interval / usual)) > 0.5) continue;
        const close = times.reduce((sum, time) => sum + Math.max(0, 1 - (residual(line, time) / offLine) ** 2), -unusual * Math.log2(line.interval / usual) ** 2);
        if (close <= most) continue;
        most = close;
        best = line;
      }
    }
  });
  if (best === undefined) return undefined;
  const first = leastSquares(best, times, offLine);
  if (first === undefined || times.length < fewestForSpread) return first;
  // A mistake that was not far enough off for the first line stands out from the spread of the others.
  const spread = 1.5 * middle(times.map((time) => residual(first, time)));
  return leastSquares(first, times, Math.min(offLine, Math.max((1.5 * usualJitter) / first.interval, farthest * spread))) ?? first;
}

function leastSquares(line: Line, times: readonly number[], most: number): TapFit | undefined {
  const origin = times.at(-1) ?? 0;
  const points = times.filter((time) => residual(line, time) <= most).map((time) => ({ x: Math.round((time - line.time) / line.interval), y: time - origin }));
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (n < 2 || spread === 0) return undefined;
  const interval = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const newest = Math.round((origin - line.time) / line.interval);
  const time = origin + meanY + (newest - meanX) * interval;
  const errors = points.reduce((sum, { x, y }) => sum + (y - meanY - (x - meanX) * interval) ** 2, 0);
  const jitter = Math.sqrt((errors + usualWeight * usualJitter ** 2) / (n - 2 + usualWeight));
  return { time, interval, taps: n, timeDoubt: jitter * Math.sqrt(1 / n + (newest - meanX) ** 2 / spread), intervalDoubt: jitter / Math.sqrt(spread) };
}
