/**
 * Shares the event loop between connections: after a certain time spent on messages, the rest waits for a later turn of
 * the loop. A flood on the control sockets then cannot delay a 60-per-second clock in the same process, and a hundred
 * connections that flood cannot delay a quiet one by a turn each.
 */
export interface TurnBudget {
  /** Whether time is left; otherwise call `wait`. @param spentMs what this connection has spent since it was called */
  hasRoom(spentMs: number): boolean;
  /** Counts the time of one message, decoding and handling. */
  spend(ms: number): void;
  /** Calls back once, in this turn or a later one; waiting callbacks take turns. */
  wait(resume: () => void): void;
  /** Forgets a waiting callback. */
  forget(resume: () => void): void;
}

/** Milliseconds that one connection may take before the others that wait. */
const sliceMs = 0.5;

/**
 * @param perTurn milliseconds between two turns. They are not counted from the start of each turn: that would cost every
 * single message a turn of its own, while this makes about one message in a hundred wait briefly.
 */
export function createTurnBudget(perTurn = 4): TurnBudget {
  const waiting = new Set<() => void>();
  let left = perTurn;
  let scheduled = false;

  const nextTurn = (): void => {
    left = perTurn;
    // A callback that waits again goes behind the others.
    for (const resume of waiting) {
      if (left <= 0) break;
      waiting.delete(resume);
      resume();
    }
    scheduled = false;
    if (waiting.size > 0) schedule();
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(nextTurn);
  };

  return {
    hasRoom: (spentMs) => left > 0 && spentMs < sliceMs,
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
