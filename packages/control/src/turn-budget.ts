/**
 * Shares the event loop between connections: after so much time spent on messages the rest waits for a later turn of the
 * loop, so that a flood on the control sockets cannot delay a 60-per-second clock in the same process.
 */
export interface TurnBudget {
  /** Whether there is room; when there is none, `wait`. */
  hasRoom(): boolean;
  /** Takes the time that one message cost, decoding and handling. */
  spend(ms: number): void;
  /** Calls back in a later turn, once; those that wait take turns. */
  wait(resume: () => void): void;
  /** Forgets a waiting callback. */
  forget(resume: () => void): void;
}

/**
 * @param perTurn milliseconds between two turns. Not counted from the start of each turn: that would cost every lone
 * message a turn of its own, where this costs one in some hundred messages a short wait.
 */
export function createTurnBudget(perTurn = 4): TurnBudget {
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
    spend: (ms) => {
      left -= ms;
    },
    wait(resume) {
      waiting.add(resume);
      schedule();
    },
    forget: (resume) => void waiting.delete(resume),
  };
}
