import { isRunning } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { pause } from "../wait.ts";
import type { WaitOptions } from "../wait.ts";

const [shortestMs, longestMs] = [25, 200];

/** Waits until a process has ended. @returns false when it still runs after `limitMs`. @throws ControlError `aborted` */
export async function untilGone(identity: ProcessIdentity, limitMs: number, options: WaitOptions = {}): Promise<boolean> {
  const end = performance.now() + limitMs;
  for (let waitMs = shortestMs; isRunning(identity); waitMs = Math.min(waitMs * 1.2, longestMs)) {
    if (performance.now() > end) return false;
    await pause(waitMs, options);
  }
  return true;
}
