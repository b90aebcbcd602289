import { restartDelay } from "./backoff.ts";
import type { Step } from "./effect.ts";
import type { ExitedEvent } from "./event.ts";
import type { Policy } from "./policy.ts";
import { fitsBudget } from "./restart-window.ts";
import { keptCrashes } from "./state.ts";
import type { Ending, SupervisorState } from "./state.ts";
import { log, respawn, spawn } from "./step.ts";

/** The process has ended: decides whether and when the next one starts. */
export function onExit(state: SupervisorState, event: ExitedEvent, now: number, policy: Policy): Step {
  const { alive } = state;
  if (alive === null || alive.id !== event.incarnation) return { state, effects: [] };

  const reason = exitReason(event, alive.ending);
  const lastExit = { code: event.code, signal: event.signal, reason, at: now, lines: event.lines ?? [] };
  const gone = { ...state, alive: null, startAt: null, lastExit };
  if (!state.wanted) return { state: gone, effects: [log("info", `ended: ${reason}`)] };
  if (alive.ending?.by === "request") return spawn(gone);
  const crashes = [...state.crashes, { at: now, reason }].slice(-keptCrashes);
  return afterFault({ ...gone, crashes }, reason, now, policy);
}

function afterFault(state: SupervisorState, reason: string, now: number, policy: Policy): Step {
  const delay = restartDelay(state.attempts, policy);
  if (state.failed || !fitsBudget(state.restarts, now + delay, policy)) return giveUp(state, reason, now, policy);

  const next = { ...state, attempts: state.attempts + 1 };
  const message = log("warn", `ended: ${reason}; restart ${next.attempts} ${delay === 0 ? "now" : `in ${delay / 1000} s`}`);
  if (delay > 0) return { state: { ...next, startAt: now + delay }, effects: [message] };
  const step = respawn(next, now, policy);
  return { ...step, effects: [message, ...step.effects] };
}

/**
 * Gives up for a while only: when the cause goes away (a device, a service), the worker must not need a human in the
 * middle of a show.
 */
function giveUp(state: SupervisorState, reason: string, now: number, policy: Policy): Step {
  const { retryFailedMs } = policy;
  const next = retryFailedMs > 0 ? `next try in ${retryFailedMs / 1000} s` : "not tried again by itself";
  return {
    state: { ...state, failed: true, startAt: retryFailedMs > 0 ? now + retryFailedMs : null },
    effects: [log("error", `FAILED: ${reason}; ${state.failed ? "failed again" : "restarted too often"}, ${next}`)],
  };
}

function exitReason(event: ExitedEvent, ending: Ending | null): string {
  if (ending !== null) return ending.reason;
  const how = event.signal !== null ? `killed by ${event.signal}` : event.code !== null ? `exit code ${event.code}` : "process gone";
  return event.lastWords === undefined || event.lastWords === "" ? how : `${how}: ${event.lastWords}`;
}
