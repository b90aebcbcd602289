/**
 * The tracker's beats on the level of the metre that they had for long: in rolls and breakdowns trackers take half the
 * tempo, or twice as much, for it, and come back from there.
 */
export interface LevelHold {
  /** Seconds per beat; 0: no beat yet. */
  readonly interval: number;
  /** Stream time of one beat, s; the others are whole intervals away. */
  readonly time: number;
  /**
   * Takes the tracker's newest beats.
   * @param interval seconds per beat
   * @param time stream time of one of them, s
   * @param seconds since the last call
   * @param counts whether this time, at another level, counts for that level
   */
  update(interval: number, time: number, seconds: number, counts: boolean): void;
  /** The next beats are taken as they come. */
  reset(): void;
}

/** Changes up to this share are followed at once: the tempo drifts. */
const drift = 0.06;
/** Two or three beats in the time of one, within this share, are another level of the same metre. */
const levels = [2, 3] as const;
const sameLevel = 0.04;
/** Only a level that stood for longer is kept, s: a younger one may be the wrong one. */
const settledSeconds = 16;
/** It is kept for this share of the time for which it stood, and at most for so long, s. */
const keptShare = 0.3;
const mostSeconds = 12;

/** The level of which an interval is so many times another one; undefined: none. */
function levelOf(ratio: number): number | undefined {
  return levels.find((level) => Math.abs(ratio / level - 1) < sameLevel);
}

/** The beat of a line that is nearest to another time. */
function nearestBeat(to: number, time: number, interval: number): number {
  return time + interval * Math.round((to - time) / interval);
}

export function createLevelHold(): LevelHold {
  /** For how long the level stood, and another one in its place, s. */
  const lasted = { stood: 0, doubted: 0 };

  function take(interval: number, time: number): void {
    hold.interval = interval;
    hold.time = time;
  }

  const hold = {
    interval: 0,
    time: 0,
    update(interval: number, time: number, seconds: number, counts: boolean): void {
      const ratio = interval / hold.interval;
      if (Math.abs(ratio - 1) <= drift) {
        lasted.stood += seconds;
        lasted.doubted = 0;
        take(interval, time);
        return;
      }
      if (counts) lasted.doubted += seconds;
      const [slower, faster] = [levelOf(ratio), levelOf(1 / ratio)];
      const isSettled = lasted.stood > settledSeconds && lasted.doubted < Math.min(mostSeconds, keptShare * lasted.stood);
      if (isSettled && slower !== undefined) take(interval / slower, time);
      // Of the beats of a faster line those go on that are nearest to the line so far.
      else if (isSettled && faster !== undefined) take(interval * faster, nearestBeat(nearestBeat(time, hold.time, hold.interval), time, interval));
      else {
        hold.reset();
        take(interval, time);
      }
    },
    reset(): void {
      lasted.stood = 0;
      lasted.doubted = 0;
      take(0, 0);
    },
  };
  return hold;
}
