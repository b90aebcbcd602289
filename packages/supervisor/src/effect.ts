import type { SupervisorState } from "./state.ts";

/** What is to be done now. The caller does it and reports back with events. */
export type SupervisorEffect =
  /** Start the process; answer with `spawned`, `adopted` or `exited` of this incarnation. */
  | { readonly type: "spawn"; readonly incarnation: number }
  /** SIGTERM. */
  | { readonly type: "terminate"; readonly incarnation: number }
  /** SIGKILL. */
  | { readonly type: "kill"; readonly incarnation: number }
  /** Send `tick` at this time; replaces the time requested before. */
  | { readonly type: "wake-at"; readonly at: number }
  | { readonly type: "log"; readonly level: "info" | "warn" | "error"; readonly message: string };

/** What one event led to. */
export interface Step {
  readonly state: SupervisorState;
  readonly effects: readonly SupervisorEffect[];
}
