import { limits } from "@vj/schema";

/**
 * Large frames take turns: decoding one takes milliseconds, so the whole process reads one per interval, in order of
 * arrival.
 */
export interface LargeFrames {
  /** Takes the turn if it is free; otherwise call `wait`. */
  take(): boolean;
  /** Calls back once with the turn taken. @returns false when too many wait already. */
  wait(turn: () => void): boolean;
  /** Forgets a waiting callback. */
  forget(turn: () => void): void;
}

/** @param intervalMs milliseconds between two turns @param maxWaiting callbacks that wait at once */
export function createLargeFrames(
  intervalMs: number = limits.largeFrameMs,
  maxWaiting: number = limits.largeFramesWaiting,
): LargeFrames {
  const waiting = new Set<() => void>();
  let freeAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const next = (): void => {
    timer = undefined;
    const [turn] = waiting;
    if (turn === undefined) return;
    waiting.delete(turn);
    freeAt = performance.now() + intervalMs;
    schedule();
    turn();
  };
  const schedule = (): void => {
    if (waiting.size === 0) return;
    timer ??= setTimeout(next, Math.max(1, freeAt - performance.now()));
    // Unref: the waiting connections keep the process alive.
    timer.unref();
  };

  return {
    take() {
      const now = performance.now();
      if (waiting.size > 0 || now < freeAt) return false;
      freeAt = now + intervalMs;
      return true;
    },
    wait(turn) {
      if (waiting.size >= maxWaiting) return false;
      waiting.add(turn);
      schedule();
      return true;
    },
    forget: (turn) => void waiting.delete(turn),
  };
}
