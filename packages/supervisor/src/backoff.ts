import type { Policy } from "./policy.ts";

/**
 * Delay in milliseconds before the next restart of an incident.
 * @param attempts earlier restarts of the incident: 0 gives the first delay, and the last delay repeats.
 */
export function restartDelay(attempts: number, policy: Policy): number {
  return policy.restartDelaysMs[attempts] ?? policy.restartDelaysMs.at(-1) ?? 0;
}
