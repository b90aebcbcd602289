/** Draws at its own pace with one timer: fast while the picture changes, slow while it does not. */
export interface Pace {
  /** Something changed: draw soon, within the limit of the fast pace. */
  wake(): void;
  /** What moves has arrived: the picture that is due about now is drawn with it, in the same turn of the process. */
  follow(): void;
  /** Draw at once, as after a key. */
  now(): void;
  stop(): void;
}

/** Time between two pictures, milliseconds: while something moves, and while nothing does. */
export interface Intervals {
  readonly moving: number;
  readonly still: number;
}

export const usualPace: Intervals = { moving: 100, still: 500 };
/** For people whom motion disturbs. */
export const calmPace: Intervals = { moving: 1000, still: 1000 };

/**
 * So much before its time a picture is drawn with what arrives, and so long it waits for it, milliseconds: together more than half of a
 * tenth of a second, so that a few pictures are enough to fall into step, and a delay now and then does not lose the step.
 */
const step = { early: 40, wait: 25 } as const;
/** What has not arrived for so long is not waited for, milliseconds. */
const followedMs = 300;

/** @param draw draws, and returns whether the picture is changing */
export function startPace(draw: () => boolean, intervals: Intervals = usualPace): Pace {
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let followedAt = Number.NEGATIVE_INFINITY;
  let due = Number.POSITIVE_INFINITY;
  let stopped = false;

  const plan = (at: number): void => {
    if (stopped) return;
    clearTimeout(timer);
    due = at;
    const now = performance.now();
    const wait = isFollowing(now) ? step.wait : 0;
    timer = setTimeout(tick, Math.max(0, at + wait - now));
  };

  const isFollowing = (now: number): boolean => now - followedAt < followedMs;

  const tick = (): void => {
    clearImmediate(soon);
    soon = undefined;
    const before = performance.now();
    const late = Number.isFinite(due) ? before - due : 0;
    const share = isFollowing(before) ? keptOf(late) : 1;
    drawnAt = before;
    const interval = draw() ? intervals.moving : intervals.still;
    // The delay of this turn is subtracted from the next one, so that there are ten pictures a second.
    plan(before + interval - share * Math.min(late, interval / 2));
  };

  /** How much of a delay the next picture makes up for: none after waiting in vain, so that the pictures move until they are in step. */
  const keptOf = (late: number): number => (late <= 0 ? 1 : late < step.wait ? 1 / 2 : 0);

  tick();
  return {
    wake: () => {
      const soonest = Math.max(performance.now(), drawnAt + intervals.moving);
      if (soonest < due) plan(soonest);
    },
    follow: () => {
      followedAt = performance.now();
      // After everything that has arrived together.
      if (!stopped && soon === undefined && followedAt >= due - step.early) soon = setImmediate(tick);
    },
    now: () => {
      due = performance.now();
      tick();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      clearImmediate(soon);
    },
  };
}
