import type { Policy } from "./policy.ts";
import type { Incarnation } from "./state.ts";

/** `late` is shown, `lost` is acted upon. */
export interface Verdict {
  readonly health: "good" | "late" | "lost";
  /** For a person; empty when good. */
  readonly reason: string;
}

const good: Verdict = { health: "good", reason: "" };

/**
 * Judges a process by its silence, at the moment of the next question.
 *
 * Silence is counted in questions asked, not read from a clock: a manager that was itself frozen (stopped, swapped out, a
 * sleeping laptop) asked nothing meanwhile, so it does not kill every worker when it wakes up.
 */
export function judge(process: Incarnation, policy: Policy): Verdict {
  // An answer comes right after its question, so one more period has passed since the last one.
  const answerMs = (process.unanswered + 1) * policy.pingMs;
  if (!process.up) {
    // An adopted process has been running for longer, so it gets no time to start.
    if (process.adopted) return answerMs < policy.pingLostMs ? good : { health: "lost", reason: `hung: no answer for ${seconds(answerMs)}` };
    return answerMs < policy.startMs ? good : { health: "lost", reason: `did not answer within ${seconds(answerMs)} of its start` };
  }
  const heartbeatMs = process.sinceHeartbeat * policy.pingMs;
  const noAnswer = `hung: no answer for ${seconds(answerMs)}`;
  const noHeartbeat = `hung: no heartbeat for ${seconds(heartbeatMs)}`;
  if (answerMs >= policy.pingLostMs) return { health: "lost", reason: noAnswer };
  if (heartbeatMs >= policy.heartbeatLostMs) return { health: "lost", reason: noHeartbeat };
  if (answerMs >= policy.pingLateMs) return { health: "late", reason: noAnswer };
  if (heartbeatMs >= policy.heartbeatLateMs) return { health: "late", reason: noHeartbeat };
  return good;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
