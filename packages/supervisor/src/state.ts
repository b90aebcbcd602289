import type { WorkerPhase } from "@vj/contract";

/** Reason why a process is being ended: a request never counts as a fault, a hang does. */
export interface Ending {
  readonly by: "request" | "hang";
  readonly reason: string;
  /** When the next SIGKILL is due. */
  readonly killAt: number;
}

/** One life of the worker: from the decision to spawn (or adopt) to the known end of the process. */
export interface Incarnation {
  readonly id: number;
  /** Null until the process exists. */
  readonly pid: number | null;
  readonly adopted: boolean;
  /** It has answered at least once. */
  readonly up: boolean;
  /** Questions asked since its last answer. */
  readonly unanswered: number;
  /** Questions asked since its last heartbeat. */
  readonly sinceHeartbeat: number;
  /** The fault of a process that is up; null while it is healthy. */
  readonly fault: string | null;
  /** Start of its unbroken health. */
  readonly healthySince: number | null;
  readonly ending: Ending | null;
}

/** How an incarnation ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly reason: string;
  readonly at: number;
  /** The last lines of its output, oldest first. */
  readonly lines: readonly string[];
}

/** The state of one supervised worker. Times are milliseconds of one monotonic clock, the `now` of `transition`. */
export interface SupervisorState {
  /** The worker should be up: enabled, and not stopped by request. */
  readonly wanted: boolean;
  /** Number of incarnations so far, and the id of the latest. */
  readonly incarnations: number;
  /** The process that exists or is being started. Nothing is spawned while it is set. */
  readonly alive: Incarnation | null;
  /** Time of the next restart; null when none is planned. */
  readonly startAt: number | null;
  /** The budget ran out; stays set during a retry until the worker has proved healthy. */
  readonly failed: boolean;
  /** Restarts of the current incident, which ends with `healthyMs` of health or a human's request. */
  readonly attempts: number;
  /** Times of the restarts that may still count against the budget. */
  readonly restarts: readonly number[];
  /** Restarts after a fault, in total; never cleared. */
  readonly restartCount: number;
  readonly lastExit: Exit | null;
  /** The last faults by which it ended, oldest first, at most {@link keptCrashes}. */
  readonly crashes: readonly Crash[];
}

/** A fault by which an incarnation ended. */
export type Crash = Pick<Exit, "at" | "reason">;

export const keptCrashes = 20;

/** A worker before any event. `wanted`: whether it is restarted after a crash. */
export function initialState({ wanted }: Pick<SupervisorState, "wanted">): SupervisorState {
  return {
    wanted,
    incarnations: 0,
    alive: null,
    startAt: null,
    failed: false,
    attempts: 0,
    restarts: [],
    restartCount: 0,
    lastExit: null,
    crashes: [],
  };
}

/** The contract's word for this state. */
export function phaseOf(state: SupervisorState): WorkerPhase {
  const { alive } = state;
  if (alive !== null) {
    if (!alive.up) return "starting";
    return alive.fault === null ? "running" : "unhealthy";
  }
  if (!state.wanted) return "stopped";
  if (state.failed) return "failed";
  return state.startAt === null ? "stopped" : "backoff";
}
