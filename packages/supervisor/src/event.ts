/** An occurrence. Events of a process carry its incarnation; those of an earlier one are ignored. */
export type SupervisorEvent =
  /** A human's request. It always works and clears the budget. */
  | { readonly type: "start" | "stop" | "restart" }
  /** The process of a `spawn` effect exists. */
  | { readonly type: "spawned"; readonly incarnation: number; readonly pid: number }
  /**
   * A process that this manager did not start serves the worker's name. `instead` is the incarnation that was to be
   * spawned or that gave way (exit code 3); left out if the process was found without a spawn.
   */
  | { readonly type: "adopted"; readonly pid: number; readonly answering: boolean; readonly instead?: number }
  /** A ping was due, and was sent if connected. Once per `pingMs`, connected or not. */
  | { readonly type: "asked"; readonly incarnation: number }
  | { readonly type: "answered"; readonly incarnation: number }
  | { readonly type: "heartbeat"; readonly incarnation: number }
  | ExitedEvent
  /** The time of a `wake-at` has come. An early or repeated tick is harmless. */
  | { readonly type: "tick" };

/** The process is known to be gone, or could not be started at all. */
export interface ExitedEvent {
  readonly type: "exited";
  readonly incarnation: number;
  /** Both null if unknown, as for an adopted process. */
  readonly code: number | null;
  readonly signal: string | null;
  /** The last line of its log or error stream. */
  readonly lastWords?: string | undefined;
  /** The last lines of its output. */
  readonly lines?: readonly string[];
}

/** A human's request. */
export type SupervisorRequest = "start" | "stop" | "restart";
