// Layout, in reading order:
//   transition      the whole of supervision; on-request, on-sign, on-adopted and on-exit are its larger cases, step their common parts
//   state, event, effect   its input and output
//   policy          the numbers; backoff, restart-window and health are the rules that use them
export { transition } from "./transition.ts";
export { refusal } from "./on-request.ts";
export { initialState, phaseOf } from "./state.ts";
export type { Ending, Exit, Incarnation, SupervisorState } from "./state.ts";
export type { ExitedEvent, SupervisorEvent, SupervisorRequest } from "./event.ts";
export type { Step, SupervisorEffect } from "./effect.ts";
export { defaultPolicy } from "./policy.ts";
export type { Policy } from "./policy.ts";
export { restartDelay } from "./backoff.ts";
export { fitsBudget, recentRestarts } from "./restart-window.ts";
export { judge } from "./health.ts";
export type { Verdict } from "./health.ts";
