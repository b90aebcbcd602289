import type { Step, SupervisorEffect } from "./effect.ts";
import type { SupervisorEvent } from "./event.ts";
import { onAdopted } from "./on-adopted.ts";
import { onExit } from "./on-exit.ts";
import { onRequest } from "./on-request.ts";
import { onAsked, onSign } from "./on-sign.ts";
import { defaultPolicy } from "./policy.ts";
import type { Policy } from "./policy.ts";
import type { SupervisorState } from "./state.ts";
import { freshBudget, log, respawn, withAlive } from "./step.ts";

/**
 * The whole of supervision: the effect of one event at one time on one worker.
 *
 * Deterministic, without clock, timers or I/O: the caller owns those, performs the effects in order, and sends their
 * results as further events.
 * @param now milliseconds of a monotonic clock; never smaller than in the call before.
 */
export function transition(
  state: SupervisorState,
  event: SupervisorEvent,
  now: number,
  policy: Policy = defaultPolicy,
): Step {
  const settled = settle(state, now, policy);
  const step = react(settled.state, event, now, policy);
  const at = wakeTime(step.state);
  // First, so that events sent while the effects are performed are not overtaken by an older time.
  const wake: SupervisorEffect[] = at === null ? [] : [{ type: "wake-at", at }];
  return { state: step.state, effects: [...wake, ...settled.effects, ...step.effects] };
}

function react(state: SupervisorState, event: SupervisorEvent, now: number, policy: Policy): Step {
  switch (event.type) {
    case "start":
    case "stop":
    case "restart":
      return onRequest(state, event.type, now, policy);
    case "tick":
      return onTick(state, now, policy);
    case "adopted":
      return onAdopted(state, event, now);
    case "exited":
      return onExit(state, event, now, policy);
    default:
      return onProcess(state, event, now, policy);
  }
}

type ProcessEvent = Extract<SupervisorEvent, { type: "spawned" | "asked" | "answered" | "heartbeat" }>;

function onProcess(state: SupervisorState, event: ProcessEvent, now: number, policy: Policy): Step {
  const { alive } = state;
  if (alive === null || alive.id !== event.incarnation) return { state, effects: [] };
  switch (event.type) {
    case "spawned":
      return withAlive(state, { ...alive, pid: event.pid });
    case "asked":
      return onAsked(state, alive, now, policy);
    case "answered":
    case "heartbeat":
      return onSign(state, alive, event.type, { now, policy });
  }
}

function onTick(state: SupervisorState, now: number, policy: Policy): Step {
  const { alive, startAt } = state;
  if (alive === null) return startAt !== null && now >= startAt ? respawn(state, now, policy) : { state, effects: [] };
  if (alive.ending === null || now < alive.ending.killAt) return { state, effects: [] };
  return withAlive(state, { ...alive, ending: { ...alive.ending, killAt: now + policy.stopMs } }, [
    log("warn", `still there ${policy.stopMs / 1000} s after SIGTERM; killing pid ${alive.pid ?? "?"}`),
    { type: "kill", incarnation: alive.id },
  ]);
}

/** Ends the incident once the process has been healthy for long enough. */
function settle(state: SupervisorState, now: number, policy: Policy): Step {
  const since = state.alive?.healthySince ?? null;
  const clear = !state.failed && state.attempts === 0 && state.restarts.length === 0;
  if (clear || since === null || now - since < policy.healthyMs) return { state, effects: [] };
  return { state: { ...state, ...freshBudget }, effects: [log("info", `healthy for ${policy.healthyMs / 1000} s`)] };
}

/** Time of the next change that needs no event. */
function wakeTime({ alive, startAt }: SupervisorState): number | null {
  return alive === null ? startAt : (alive.ending?.killAt ?? null);
}
