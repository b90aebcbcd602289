/** Draws at its own pace with one timer: fast while the picture changes, slow while it does not. */
export interface Pace {
  /** Something changed: draw soon, within the limit of the fast pace. */
  wake(): void;
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

/** @param draw draws, and returns whether the picture is changing */
export function startPace(draw: () => boolean, intervals: Intervals = usualPace): Pace {
  let timer: NodeJS.Timeout | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let due = Number.POSITIVE_INFINITY;
  let stopped = false;

  const plan = (at: number): void => {
    if (stopped) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(tick, Math.max(0, at - performance.now()));
  };

  const tick = (): void => {
    const before = performance.now();
    const late = Math.max(0, before - due);
    drawnAt = before;
    const interval = draw() ? intervals.moving : intervals.still;
    // The delay of this turn is subtracted from the next one, so that there are ten pictures a second.
    plan(before + Math.max(interval / 2, interval - Math.min(late, interval / 2)));
  };

  tick();
  return {
    wake: () => {
      const soonest = Math.max(performance.now(), drawnAt + intervals.moving);
      if (soonest < due) plan(soonest);
    },
    now: () => {
      due = performance.now();
      tick();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
