/** The activations of the last ten seconds, by stream time. */
export interface RecentPeaks {
  /** Takes the activation, 0..1, of the time `time`, s; times are one frame apart. */
  push(activation: number, time: number): void;
  /** The highest activation near a time, s; 0 where it is not known. */
  near(time: number): number;
  /** The time of the clear peak of a beat near a time, s: between two frames by a parabola. NaN without one, or where it is not known yet. */
  timeNear(time: number): number;
  reset(): void;
}

const frames = 1024;
/** Frames before and after. */
const reach = 3;
/** Frames before and after in which the peak of a beat is searched, and the least height that is clear. */
const timeReach = 5;
const clear = 0.35;

/** @param frameSeconds time between two activations, s */
export function createRecentPeaks(frameSeconds: number): RecentPeaks {
  const ring = new Float64Array(frames);
  const newest = { at: 0, time: -0.5 };
  const ago = (k: number): number => ring[(newest.at - k + frames) % frames] ?? NaN;
  return {
    push(activation, time) {
      newest.at = (newest.at + 1) % frames;
      newest.time = time;
      ring[newest.at] = activation;
    },
    near(time) {
      const middle = Math.round((newest.time - time) / frameSeconds);
      let most = 0;
      for (let k = Math.max(0, middle - reach); k <= Math.min(frames - 1, middle + reach); k += 1) most = Math.max(most, ago(k));
      return most;
    },
    timeNear(time) {
      const middle = Math.round((newest.time - time) / frameSeconds);
      const [from, to] = [middle - timeReach, middle + timeReach];
      if (from < 1 || to > frames - 2) return NaN;
      let best = from;
      for (let k = from; k <= to; k += 1) if (ago(k) > ago(best)) best = k;
      const [before, peak, after] = [ago(best + 1), ago(best), ago(best - 1)];
      if (peak < clear || before > peak || after > peak) return NaN;
      const off = (before - after) / (2 * Math.min(-1e-9, before - 2 * peak + after));
      return newest.time + (off - best) * frameSeconds;
    },
    reset: () => void ring.fill(0),
  };
}
