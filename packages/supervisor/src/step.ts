import type { Step, SupervisorEffect } from "./effect.ts";
import type { Policy } from "./policy.ts";
import { recentRestarts } from "./restart-window.ts";
import type { Incarnation, SupervisorState } from "./state.ts";

/** Ends the incident: the next delay is the first again, and the whole budget is available. */
export const freshBudget = { failed: false, attempts: 0, restarts: [] } as const;

/** A process that is about to be started, or was just found. */
export function newIncarnation(state: SupervisorState): Incarnation {
  return {
    id: state.incarnations + 1,
    pid: null,
    adopted: false,
    up: false,
    unanswered: 0,
    sinceHeartbeat: 0,
    fault: null,
    healthySince: null,
    ending: null,
  };
}

/** Starts a new incarnation. Only called while there is none. */
export function spawn(state: SupervisorState): Step {
  const alive = newIncarnation(state);
  return {
    state: { ...state, incarnations: alive.id, alive, startAt: null },
    effects: [{ type: "spawn", incarnation: alive.id }],
  };
}

/** A restart that counts against the budget: after a fault, not at a human's request. */
export function respawn(state: SupervisorState, now: number, policy: Policy): Step {
  return spawn({
    ...state,
    restartCount: state.restartCount + 1,
    restarts: [...recentRestarts(state.restarts, now, policy), now],
  });
}

/** The same step with the state and the process changed. */
export function withAlive(state: SupervisorState, alive: Incarnation, effects: readonly SupervisorEffect[] = []): Step {
  return { state: { ...state, alive }, effects };
}

export function log(level: "info" | "warn" | "error", message: string): SupervisorEffect {
  return { type: "log", level, message };
}
