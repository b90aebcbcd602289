import { setTimeout as delay } from "node:timers/promises";
import { untilAborted } from "@vj/control";

/** Options of calls that wait. */
export interface WaitOptions {
  /** Ends the wait with a ControlError `aborted`. What was requested already is not undone. */
  readonly signal?: AbortSignal | undefined;
}

/** @param ms milliseconds @throws ControlError `aborted` */
export function pause(ms: number, options: WaitOptions): Promise<void> {
  return unlessAborted(() => delay(ms), options);
}

/** @throws ControlError `aborted` */
export function unlessAborted<T>(start: () => Promise<T>, { signal }: WaitOptions): Promise<T> {
  return signal === undefined ? start() : untilAborted(signal, "waiting for the rig", start);
}
