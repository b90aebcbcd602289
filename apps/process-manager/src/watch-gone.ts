import { isRunning } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";

const burstMs = 10;
const bursts = 100;

/** Notices the end of a process that is not our child: the system does not report it to us. */
export interface GoneWatch {
  /** Something hints at its end (a lost connection): checks every 10 ms for a second, as the process outlives its sockets by an instant. */
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
