import { limits } from "@vj/contract";

/** The numbers of supervision. All times in milliseconds. */
export interface Policy {
  /** Delay before restart n of an incident; the last value repeats. */
  readonly restartDelaysMs: readonly number[];
  /** This many restarts fit into `restartWindowMs`; one more means `failed`. */
  readonly restartBudget: number;
  readonly restartWindowMs: number;
  /** This long without a fault ends the incident and clears the budget. */
  readonly healthyMs: number;
  /** A failed worker is tried again this often; 0 means never. */
  readonly retryFailedMs: number;
  /** Time from SIGTERM to SIGKILL, and from one SIGKILL to the next. */
  readonly stopMs: number;
  /** Time between two `asked` events: the unit in which silence is counted. */
  readonly pingMs: number;
  /** A new process that has not answered once within this time is replaced. */
  readonly startMs: number;
  readonly pingLateMs: number;
  readonly pingLostMs: number;
  readonly heartbeatLateMs: number;
  readonly heartbeatLostMs: number;
}

/** The contract's numbers. */
export const defaultPolicy: Policy = {
  restartDelaysMs: limits.restartDelaysMs,
  restartBudget: limits.restartBudget,
  restartWindowMs: limits.restartWindowMs,
  healthyMs: limits.healthyMs,
  retryFailedMs: limits.retryFailedMs,
  stopMs: limits.stopMs,
  pingMs: limits.pingMs,
  // Twice the normal limit: on a small computer a whole rig starts at once.
  startMs: 2 * limits.pingLostMs,
  pingLateMs: limits.pingLateMs,
  pingLostMs: limits.pingLostMs,
  heartbeatLateMs: limits.heartbeatLateMs,
  heartbeatLostMs: limits.heartbeatLostMs,
};
