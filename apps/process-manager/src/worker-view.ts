import { managedWorkerSchema } from "@vj/schema";
import type { ManagedWorker } from "@vj/schema";
import { defaultPolicy, phaseOf, recentRestarts } from "@vj/supervisor";
import { isEnabled } from "./intent.ts";
import type { Intent } from "./intent.ts";
import type { SupervisorState } from "@vj/supervisor";
import type { SupervisedWorker } from "./supervised-worker.ts";

/** One entry of `workers` in `get_state`. */
export function viewWorker(worker: SupervisedWorker, intent: Intent): ManagedWorker {
  const { name, program, state } = worker;
  const enabled = isEnabled(intent, name, program?.enabled ?? false);
  const stoppedByRequest = enabled && phaseOf(state) === "stopped" && intent.stopped.includes(name);
  return managedWorkerSchema.parse({
    enabled,
    running: state.alive !== null,
    restart_count: state.restartCount,
    last_heartbeat: worker.lastHeartbeat,
    state: phaseOf(state),
    pid: state.alive?.pid ?? null,
    adopted: state.alive?.adopted ?? false,
    last_exit: state.lastExit === null ? null : { ...state.lastExit, lines: [...state.lastExit.lines], at: toEpoch(state.lastExit.at) },
    next_restart_at: state.startAt === null ? null : toEpoch(state.startAt),
    recent_restarts: recentRestarts(state.restarts, performance.now(), defaultPolicy).length,
    crashes: state.crashes.map(({ at, reason }) => ({ at: toEpoch(at), reason })),
    stopped_by_request: stoppedByRequest,
    condition: state.alive === null ? null : worker.condition,
    detail: stoppedByRequest ? "stopped by you" : detailOf(worker),
  } satisfies ManagedWorker);
}

/** Reason of its state, for a person. */
function detailOf({ state, program }: SupervisedWorker): string {
  const { alive } = state;
  if (alive !== null) {
    if (alive.ending !== null) return `ending: ${alive.ending.reason}`;
    if (alive.fault !== null) return alive.fault;
    if (program === undefined) return "started elsewhere; its program is unknown";
    return state.failed ? `tried again after: ${lastReason(state)}` : "";
  }
  const phase = phaseOf(state);
  if (phase === "backoff") return `restart ${state.attempts} after: ${lastReason(state)}`;
  if (phase === "failed") return `restarted too often: ${lastReason(state)}`;
  return "";
}

function lastReason({ lastExit }: SupervisorState): string {
  return lastExit?.reason ?? "unknown";
}

/** Converts from the monotonic clock of supervision to epoch seconds. */
function toEpoch(ms: number): number {
  return (performance.timeOrigin + ms) / 1000;
}
