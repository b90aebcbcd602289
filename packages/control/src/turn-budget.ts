/**
 * Shares the event loop between connections: in one turn of the loop only so much is decoded, the rest waits for the
 * next, so that a flood on the control sockets cannot delay a 60-per-second clock in the same process.
 */
export interface TurnBudget {
  /** Whether this turn still has room; if so, `cost` is taken from it. */
  take(cost: number): boolean;
  /** Calls back in a later turn, once; those that wait take turns. */
  wait(resume: () => void): void;
  /** Forgets a waiting callback. */
  forget(resume: () => void): void;
}

/** @param perTurn cost that one turn may spend; a small message costs about 1. */
export function createTurnBudget(perTurn = 64): TurnBudget {
  const waiting = new Set<() => void>();
  let left = perTurn;
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      left = perTurn;
      for (const resume of [...waiting]) {
        if (left <= 0) break;
        waiting.delete(resume);
        resume();
      }
      if (waiting.size > 0) schedule();
    });
  };

  return {
    take(cost) {
      schedule();
      if (left <= 0) return false;
      left -= cost;
      return true;
    },
    wait(resume) {
      waiting.add(resume);
      schedule();
    },
    forget(resume) {
      waiting.delete(resume);
    },
  };
}
