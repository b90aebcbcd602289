import type { SupervisorState } from "./state.ts";

/** An action for the caller, which performs it and reports back with events. */
export type SupervisorEffect =
  /** Start the process; answer with `spawned`, `adopted` or `exited` of this incarnation. */
  | { readonly type: "spawn"; readonly incarnation: number }
  /** SIGTERM. */
  | { readonly type: "terminate"; readonly incarnation: number }
  /** SIGKILL. */
  | { readonly type: "kill"; readonly incarnation: number }
  /** Send `tick` at this time; replaces the earlier request. */
  | { readonly type: "wake-at"; readonly at: number }
  | { readonly type: "log"; readonly level: "info" | "warn" | "error"; readonly message: string };

/** Result of one event. */
export interface Step {
  readonly state: SupervisorState;
  readonly effects: readonly SupervisorEffect[];
}
