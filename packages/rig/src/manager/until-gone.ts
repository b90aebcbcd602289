import { setTimeout as delay } from "node:timers/promises";
import { isRunning } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";

const [shortestMs, longestMs] = [25, 200];

/** Waits until a process has ended. @returns false when it still runs after `limitMs`. */
export async function untilGone(identity: ProcessIdentity, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  for (let pause = shortestMs; isRunning(identity); pause = Math.min(pause * 1.2, longestMs)) {
    if (performance.now() > end) return false;
    await delay(pause);
  }
  return true;
}
