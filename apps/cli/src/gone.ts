import { setTimeout as delay } from "node:timers/promises";
import { isProcessAlive } from "@vj/control";

const pollMs = 25;

/** Waits until a process has ended. @returns false when it is still there after `limitMs`. */
export async function untilGone(pid: number, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (isProcessAlive(pid)) {
    if (performance.now() > end) return false;
    await delay(pollMs);
  }
  return true;
}
