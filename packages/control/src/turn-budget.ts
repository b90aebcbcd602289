/**
 * Shares the event loop between connections: after a certain time spent on messages, the rest waits for a later turn of
 * the loop. A flood on the control sockets then cannot delay a 60-per-second clock in the same process.
 */
export interface TurnBudget {
  /** Whether time is left; otherwise call `wait`. */
  hasRoom(): boolean;
  /** Counts the time of one message, decoding and handling. */
  spend(ms: number): void;
  /** Calls back once in a later turn; waiting callbacks take turns. */
  wait(resume: () => void): void;
  /** Forgets a waiting callback. */
  forget(resume: () => void): void;
}

/**
 * @param perTurn milliseconds between two turns. They are not counted from the start of each turn: that would cost every
 * single message a turn of its own, while this makes about one message in a hundred wait briefly.
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
