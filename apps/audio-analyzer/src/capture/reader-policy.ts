/** State of the reader of a capture process; times in milliseconds of any steady clock. */
export type ReaderState =
  /** Started, no samples yet. */
  | { readonly phase: "opening"; readonly since: number; readonly failures: number }
  | { readonly phase: "open"; readonly since: number; readonly deliveredAt: number; readonly failures: number }
  /** Asked to end; the next one must not open the device before this one has ended. */
  | { readonly phase: "ending"; readonly failures: number }
  | { readonly phase: "waiting"; readonly until: number; readonly failures: number };

/** `late`: the clock itself was late, so the silence does not count against the child. */
export type ReaderEvent = { readonly type: "samples" | "exit" } | { readonly type: "tick"; readonly late?: boolean };

export type ReaderEffect = "spawn" | "kill" | null;

export interface ReaderTiming {
  /** Longest wait for the first samples: an idle sink wakes up after two seconds. */
  readonly openMs: number;
  /** Longer silence of an open source means that its sound server died or hangs, which it never reports. */
  readonly stallMs: number;
}

/** Delay before the n-th attempt in a row; the last one repeats. */
export const retryDelaysMs = [0, 250, 500, 1000, 2000] as const;

/** A source that was open for this long did not fail. */
const healthyMs = 5000;

/** State before the first child: the first tick starts it. */
export const initialReader: ReaderState = { phase: "waiting", until: Number.NEGATIVE_INFINITY, failures: 0 };

/** One step of the reader: its next state and the action for the child. Pure. */
export function stepReader(
  state: ReaderState,
  event: ReaderEvent,
  now: number,
  timing: ReaderTiming,
): { state: ReaderState; effect: ReaderEffect } {
  switch (event.type) {
    case "exit":
      return { state: state.phase === "waiting" ? state : waiting(state, now), effect: null };
    case "samples":
      return { state: delivered(state, now), effect: null };
    case "tick":
      return tick(event.late === true ? excused(state, now) : state, now, timing);
  }
}

function tick(state: ReaderState, now: number, timing: ReaderTiming): { state: ReaderState; effect: ReaderEffect } {
  switch (state.phase) {
    case "waiting":
      if (now < state.until) break;
      return { state: { phase: "opening", since: now, failures: state.failures }, effect: "spawn" };
    case "opening":
      if (now - state.since <= timing.openMs) break;
      return { state: { phase: "ending", failures: state.failures }, effect: "kill" };
    case "open":
      if (now - state.deliveredAt <= timing.stallMs) break;
      return { state: { phase: "ending", failures: failuresOf(state, now) }, effect: "kill" };
    case "ending":
      break;
  }
  return { state, effect: null };
}

function delivered(state: ReaderState, now: number): ReaderState {
  if (state.phase === "opening") return { phase: "open", since: now, deliveredAt: now, failures: state.failures };
  return state.phase === "open" ? { ...state, deliveredAt: now } : state;
}

/** After a pause of this process (a blocked loop, a suspended machine) every limit starts again. */
function excused(state: ReaderState, now: number): ReaderState {
  if (state.phase === "opening") return { ...state, since: now };
  return state.phase === "open" ? { ...state, deliveredAt: now } : state;
}

function waiting(state: ReaderState, now: number): ReaderState {
  const failures = failuresOf(state, now);
  const delay = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 0;
  return { phase: "waiting", until: now + delay, failures: failures + 1 };
}

function failuresOf(state: ReaderState, now: number): number {
  return state.phase === "open" && now - state.since >= healthyMs ? 0 : state.failures;
}
