import type { Condition, ManagedWorker, WorkerState } from "./worker-state.ts";

/** `off`: not meant to run, which is not a fault. `busy`: on its way to another state. */
export type HealthLevel = "ok" | "off" | "busy" | "degraded" | "failed";

/** What a person can ask for; each surface names its own key or command for it. */
export type Remedy = "start" | "restart" | "start_manager";

/** Health of one worker: the one judgement that every surface shows. Times are epoch seconds. */
export interface WorkerHealth {
  readonly level: HealthLevel;
  /** One to three words that change only when the state does: `running`, `degraded`, `stopped by you`. */
  readonly word: string;
  /** The reason; empty when there is nothing to report. */
  readonly text: string;
  readonly since?: number | undefined;
  /** Time of the next automatic start. */
  readonly nextTryAt?: number | undefined;
  /** The worker's own advice; empty when it gives none. */
  readonly todo: string;
  readonly remedy?: Remedy | undefined;
}

/**
 * Result of asking a worker's socket. `gone`: it refuses connections, so its process has ended; `unusable`: it sends
 * nonsense, or we may not open it.
 */
export type Reach = "answers" | "silent" | "connecting" | "gone" | "unusable";

/** Everything known about one worker. */
export interface WorkerFacts {
  /** The manager's row; undefined without a manager, or when the manager does not know the worker. */
  readonly managed?: ManagedWorker | undefined;
  readonly hasManager: boolean;
  /** Undefined: the worker has no socket, or the manager's row is enough. */
  readonly reach?: Reach | undefined;
  /** Time of the last change of `reach`. */
  readonly reachSince?: number | undefined;
  /** The reason why its socket is unusable. */
  readonly problem?: string | undefined;
  /** The worker's own `get_state`, while it answers. */
  readonly state?: WorkerState | undefined;
}

/** The condition in a worker's state; null when it reports none. A `status` other than `running` counts as degraded. */
export function conditionOf({ condition, status }: WorkerState): Condition | null {
  if (condition !== undefined) return condition;
  return status === "running" ? null : { level: "degraded", text: `its status is "${status}"` };
}

/** Judges one worker. Pure. */
export function workerHealth(facts: WorkerFacts): WorkerHealth {
  const { managed } = facts;
  if (managed === undefined) return reached(facts, unmanaged(facts));
  const exit = managed.last_exit;
  const reason = managed.detail || (exit?.reason ?? "");
  switch (managed.state) {
    case "running":
      return reached(facts, { level: "busy", word: "reconnecting", text: "", since: facts.reachSince, todo: "" });
    case "starting":
      return { level: "busy", word: "starting", text: managed.detail || lastExit(managed), todo: "" };
    case "unhealthy":
      return { level: "degraded", word: "unhealthy", text: `${managed.detail || "does not answer"}; killed and restarted if it stays so`, todo: "", remedy: "restart" };
    case "backoff":
      return { level: "busy", word: "backoff", text: reason, since: exit?.at, nextTryAt: managed.next_restart_at ?? undefined, todo: "", remedy: "restart" };
    case "failed": {
      const tries = managed.next_restart_at === null ? `${reason}; not tried again by itself` : reason;
      return { level: "failed", word: "failed", text: tries, since: exit?.at, nextTryAt: managed.next_restart_at ?? undefined, todo: "", remedy: "restart" };
    }
    case "stopped":
      if (managed.stopped_by_request) return { level: "off", word: "stopped by you", text: "", todo: "", remedy: "start" };
      return { level: "off", word: "stopped", text: managed.enabled ? managed.detail : "switched off", todo: "", remedy: "start" };
  }
}

/** A worker that does not answer and that no manager knows. */
function unmanaged({ hasManager, reach, reachSince: since }: WorkerFacts): WorkerHealth {
  if (reach === undefined) return { level: "off", word: "stopped", text: "", todo: "" };
  if (reach !== "gone") return { level: "busy", word: "connecting", text: "", since, todo: "" };
  const text = hasManager ? "its process has ended" : "its process has ended; nothing restarts it";
  return { level: "failed", word: "gone", text, since, todo: "", remedy: hasManager ? undefined : "start_manager" };
}

/** A worker that runs according to the manager, or that has a socket. @param away the judgement when it cannot be reached */
function reached(facts: WorkerFacts, away: WorkerHealth): WorkerHealth {
  const { reach, reachSince: since, problem, state, managed, hasManager } = facts;
  if (reach === "silent" || reach === "unusable") {
    const remedy = managed !== undefined ? "restart" : hasManager ? undefined : "start_manager";
    const [word, text] = reach === "silent" ? ["no answer", ""] : ["unusable", problem ?? ""];
    const todo = reach === "silent" && remedy === undefined ? "end its process if it stays so" : "";
    return { level: "degraded", word, text, since, todo, remedy };
  }
  if (reach === "answers" && state !== undefined) return reported(conditionOf(state), managed);
  return managed !== undefined && (reach === undefined || reach === "answers") ? reported(managed.condition, managed) : away;
}

/** Health that a reachable worker reports. */
function reported(condition: Condition | null, managed: ManagedWorker | undefined): WorkerHealth {
  const { level, text, since, todo = "" } = condition ?? { level: "ok", text: "" };
  if (level !== "ok") return { level, word: level, text: text || "without a reason", since, todo };
  return { level, word: "running", text: [managed?.detail ?? "", text].filter((part) => part !== "").join("; "), todo };
}

/** A worker that fails again and again is often just starting: then its last exit matters. */
function lastExit({ last_exit: exit }: ManagedWorker): string {
  return exit === null ? "" : `last exit: ${exit.reason}`;
}
