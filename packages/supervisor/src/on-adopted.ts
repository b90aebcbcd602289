import type { Step, SupervisorEffect } from "./effect.ts";
import type { SupervisorEvent } from "./event.ts";
import type { SupervisorState } from "./state.ts";
import { log, newIncarnation, withAlive } from "./step.ts";

type AdoptedEvent = Extract<SupervisorEvent, { type: "adopted" }>;

/**
 * A process that somebody else started takes the worker's place: an earlier manager, or a human in a shell.
 * Adoption is not a request, so it does not change whether the worker is wanted.
 */
export function onAdopted(state: SupervisorState, event: AdoptedEvent, now: number): Step {
  const { alive } = state;
  // Another process than the one that gave way is running already: there is nothing to adopt.
  if (alive !== null && alive.id !== event.instead) return { state, effects: [] };

  const fresh = newIncarnation(state);
  const ending = alive?.ending?.by === "request" ? alive.ending : null;
  const end: SupervisorEffect[] = ending === null ? [] : [{ type: "terminate", incarnation: fresh.id }];
  const adopted = {
    ...fresh,
    pid: event.pid,
    adopted: true,
    up: event.answering,
    healthySince: event.answering ? now : null,
    ending,
  };
  return withAlive({ ...state, incarnations: fresh.id, startAt: null }, adopted, [log("info", `adopted pid ${event.pid}`), ...end]);
}
