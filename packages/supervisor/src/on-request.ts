import type { Step } from "./effect.ts";
import type { SupervisorRequest } from "./event.ts";
import type { Policy } from "./policy.ts";
import { phaseOf } from "./state.ts";
import type { Incarnation, SupervisorState } from "./state.ts";
import { freshBudget, log, spawn, withAlive } from "./step.ts";

/**
 * Why a request makes no sense now, for the reply; null when it does. A worker that waits for its next restart can be
 * stopped, and one that is being stopped can be started again.
 */
export function refusal(state: SupervisorState, request: SupervisorRequest): string | null {
  const { alive } = state;
  if (request === "start" && alive !== null && alive.ending?.by !== "request") {
    return alive.pid === null ? "already starting" : `already running (pid ${alive.pid})`;
  }
  if (request === "stop" && alive === null && phaseOf(state) === "stopped") return "not running";
  return null;
}

/** A human's start, stop or restart: always works and clears the budget. */
export function onRequest(state: SupervisorState, request: SupervisorRequest, now: number, policy: Policy): Step {
  const { alive } = state;
  const next = { ...state, ...freshBudget, wanted: request !== "stop", startAt: null };
  if (alive === null) {
    if (request === "stop") return { state: next, effects: [log("info", "stopped by request")] };
    return spawn(next);
  }
  if (alive.ending !== null) return withAlive(next, endedByRequest(alive, request, alive.ending.killAt));
  if (request === "start") return { state: next, effects: [] };
  return withAlive(next, endedByRequest(alive, request, now + policy.stopMs), [
    { type: "terminate", incarnation: alive.id },
  ]);
}

function endedByRequest(alive: Incarnation, request: SupervisorRequest, killAt: number): Incarnation {
  const reason = request === "stop" ? "stopped by request" : "restarted by request";
  return { ...alive, ending: { by: "request", reason, killAt } };
}
