/** What happened. Events of a process name its incarnation; those of an earlier one are ignored. */
export type SupervisorEvent =
  /** A human's request. It always works and clears the budget. */
  | { readonly type: "start" | "stop" | "restart" }
  /** The process of a `spawn` effect exists. */
  | { readonly type: "spawned"; readonly incarnation: number; readonly pid: number }
  /**
   * A process that this manager did not start serves the worker's name. `instead` names the incarnation that was to be
   * spawned or that gave way (exit code 3); left out, it was found without being looked for.
   */
  | { readonly type: "adopted"; readonly pid: number; readonly answering: boolean; readonly instead?: number }
  /** A ping was due and was sent if it could be. Once per `pingMs`, connected or not. */
  | { readonly type: "asked"; readonly incarnation: number }
  | { readonly type: "answered"; readonly incarnation: number }
  | { readonly type: "heartbeat"; readonly incarnation: number }
  | ExitedEvent
  /** The time of a `wake-at` has come. Too early or too often does no harm. */
  | { readonly type: "tick" };

/** The process is known to be gone, or could not be started at all. */
export interface ExitedEvent {
  readonly type: "exited";
  readonly incarnation: number;
  /** Both null when nobody could learn them, as for an adopted process. */
  readonly code: number | null;
  readonly signal: string | null;
  /** The last line of its log or error stream. */
  readonly lastWords?: string | undefined;
  /** The last lines that it wrote. */
  readonly lines?: readonly string[];
}

/** What a human can ask for. */
export type SupervisorRequest = "start" | "stop" | "restart";
