import { setTimeout as delay } from "node:timers/promises";
import { untilAborted } from "@vj/control";
import type { BusOptions } from "@vj/discovery";

/** For whatever waits. */
export interface WaitOptions {
  /** Ends the wait with a ControlError `aborted`. What was requested already is not undone. */
  readonly signal?: AbortSignal | undefined;
}

/** Which bus, and when to stop waiting. */
export interface ManagerOptions extends BusOptions, WaitOptions {}

/** @param ms milliseconds @throws ControlError `aborted` */
export async function pause(ms: number, { signal }: WaitOptions): Promise<void> {
  if (signal === undefined) await delay(ms);
  else await untilAborted(signal, "waiting for the rig", () => delay(ms));
}
