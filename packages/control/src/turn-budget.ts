/**
 * Shares the event loop between connections: after so much decoding the rest waits for a later turn of the loop, so
 * that a flood on the control sockets cannot delay a 60-per-second clock in the same process.
 */
export interface TurnBudget {
  /** Whether there is room; when there is none, `wait`. */
  hasRoom(): boolean;
  /** Takes the cost of one decoded frame. */
  spend(cost: number): void;
  /** Calls back in a later turn, once; those that wait take turns. */
  wait(resume: () => void): void;
  /** Forgets a waiting callback. */
  forget(resume: () => void): void;
}

/**
 * @param perTurn cost between two turns; a small message costs about 1. Not counted from the start of each turn: that
 * would cost every lone message a turn of its own, where this costs one in `perTurn` messages a short wait.
 */
export function createTurnBudget(perTurn = 64): TurnBudget {
  const waiting = new Set<() => void>();
  let left = perTurn;
  let scheduled = false;

  const nextTurn = (): void => {
    scheduled = false;
    left = perTurn;
    for (const resume of [...waiting]) {
      if (left <= 0) break;
      waiting.delete(resume);
      resume();
    }
    if (waiting.size > 0) schedule();
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(nextTurn);
  };

  return {
    hasRoom: () => left > 0,
    spend: (cost) => {
      left -= cost;
    },
    wait(resume) {
      waiting.add(resume);
      schedule();
    },
    forget: (resume) => void waiting.delete(resume),
  };
}
