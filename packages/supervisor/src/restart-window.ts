import type { Policy } from "./policy.ts";

/**
 * The restarts that still count at time `at`: those within the last window.
 * A sliding window on monotonic time, as in the intensity and period of Erlang/OTP's supervisors.
 */
export function recentRestarts(restarts: readonly number[], at: number, policy: Policy): readonly number[] {
  return restarts.filter((time) => at - time < policy.restartWindowMs);
}

/** Whether one more restart at time `at` stays within the budget. */
export function fitsBudget(restarts: readonly number[], at: number, policy: Policy): boolean {
  return recentRestarts(restarts, at, policy).length < policy.restartBudget;
}
