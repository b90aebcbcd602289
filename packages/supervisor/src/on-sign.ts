import type { Step } from "./effect.ts";
import { judge } from "./health.ts";
import type { Policy } from "./policy.ts";
import type { Incarnation, SupervisorState } from "./state.ts";
import { log, withAlive } from "./step.ts";

/** A ping is due: judge the silence so far, then count the new question. */
export function onAsked(state: SupervisorState, alive: Incarnation, now: number, policy: Policy): Step {
  if (alive.ending !== null) return { state, effects: [] };
  const verdict = judge(alive, policy);
  const asked = { ...alive, unanswered: alive.unanswered + 1, sinceHeartbeat: alive.up ? alive.sinceHeartbeat + 1 : 0 };
  if (verdict.health === "good") return withAlive(state, asked);

  const sick = { ...asked, fault: verdict.reason, healthySince: null };
  const first = alive.fault === null;
  // An unwanted worker (started by hand, off here) is shown as it is and left alone.
  if (verdict.health === "late" || !state.wanted) {
    return withAlive(state, sick, first ? [log("warn", `unhealthy: ${verdict.reason}`)] : []);
  }
  const ending = { by: "hang", reason: verdict.reason, killAt: now + policy.stopMs } as const;
  return withAlive(state, { ...sick, ending }, [
    log("error", `${verdict.reason}; killing pid ${alive.pid ?? "?"}`),
    { type: "kill", incarnation: alive.id },
  ]);
}

/** A sign of life: an answer to a ping, or a heartbeat. */
export function onSign(state: SupervisorState, alive: Incarnation, sign: "answered" | "heartbeat", { now, policy }: Moment): Step {
  const seen: Incarnation =
    sign === "answered" ? { ...alive, up: true, unanswered: 0 } : { ...alive, sinceHeartbeat: 0 };
  if (!seen.up || judge(seen, policy).health !== "good") return withAlive(state, seen);
  const healthy = { ...seen, fault: null, healthySince: seen.healthySince ?? now };
  if (!alive.up) return withAlive(state, healthy, [log("info", `running (pid ${alive.pid ?? "?"})`)]);
  return withAlive(state, healthy, alive.fault === null ? [] : [log("info", "healthy again")]);
}

interface Moment {
  readonly now: number;
  readonly policy: Policy;
}
