import { isRunning } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";

const burstMs = 10;
const bursts = 100;

/** Detects the end of a process that is not our child, which the system does not report to us. */
export interface GoneWatch {
  /**
   * Called at a hint of its end (a lost connection): checks every 10 ms for a second, because the process outlives its
   * sockets by a moment.
   */
  checkClosely(): void;
  /** Checks once. */
  check(): void;
  stop(): void;
}

/** @param onGone called once. */
export function watchGone(identity: ProcessIdentity, onGone: () => void): GoneWatch {
  let timer: NodeJS.Timeout | undefined;
  let left = 0;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    clearTimeout(timer);
  };
  const check = (): void => {
    if (stopped || isRunning(identity)) return;
    stop();
    onGone();
  };
  const burst = (): void => {
    check();
    left -= 1;
    if (!stopped && left > 0) timer = setTimeout(burst, burstMs);
  };
  return {
    checkClosely: () => {
      clearTimeout(timer);
      left = bursts;
      burst();
    },
    check,
    stop,
  };
}
