/** The activations of the last ten seconds, by stream time. */
export interface RecentPeaks {
  /** Takes the activation, 0..1, of the time `time`, s; times are one frame apart. */
  push(activation: number, time: number): void;
  /** The highest activation near a time, s; 0 where it is not known. */
  near(time: number): number;
  reset(): void;
}

const frames = 1024;
/** Frames before and after. */
const reach = 3;

/** @param frameSeconds time between two activations, s */
export function createRecentPeaks(frameSeconds: number): RecentPeaks {
  const ring = new Float64Array(frames);
  const newest = { at: 0, time: -0.5 };
  return {
    push(activation, time) {
      newest.at = (newest.at + 1) % frames;
      newest.time = time;
      ring[newest.at] = activation;
    },
    near(time) {
      const ago = Math.round((newest.time - time) / frameSeconds);
      let most = 0;
      for (let k = Math.max(0, ago - reach); k <= Math.min(frames - 1, ago + reach); k += 1) most = Math.max(most, ring[(newest.at - k + frames) % frames] ?? NaN);
      return most;
    },
    reset: () => void ring.fill(0),
  };
}
