/** When the messages of a recording are due. All times in milliseconds of one monotonic clock; pure. */
export interface Timeline {
  /** @param at a time of the recording, epoch nanoseconds @returns when it is due; Infinity while paused */
  due(at: bigint): number;
  /** Where the recording is at `now`, epoch nanoseconds. */
  position(now: number): bigint;
  /** Stops, or goes on from there. */
  setPaused(paused: boolean, now: number): void;
  readonly paused: boolean;
}

/**
 * A schedule from one fixed moment on, so that lateness never adds up.
 * @param begin what is due at `now`, epoch nanoseconds @param speed 2 is twice as fast
 */
export function createTimeline(begin: bigint, speed: number, now: number): Timeline {
  let [origin, zero] = [begin, now];
  let pausedAt: number | undefined;
  const position = (at: number): bigint => origin + BigInt(Math.round(((pausedAt ?? at) - zero) * speed * 1e6));
  return {
    due: (at) => (pausedAt === undefined ? zero + Number(at - origin) / 1e6 / speed : Infinity),
    position,
    setPaused(paused, at) {
      if (paused === (pausedAt !== undefined)) return;
      if (paused) pausedAt = at;
      else {
        origin = position(at);
        zero = at;
        pausedAt = undefined;
      }
    },
    get paused() {
      return pausedAt !== undefined;
    },
  };
}
