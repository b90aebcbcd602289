import { readFileSync } from "node:fs";
import type { ProcessIdentity } from "./identity.ts";
import { procFiles } from "./proc-files.ts";
import { variableOf } from "./udp-senders.ts";

/** Clock ticks per second that `/proc` counts in, on every Linux. */
const ticksPerSecond = 100;

/** Now, in the unit of start times in `/proc`; undefined where there is none. */
export function processClock(): number | undefined {
  try {
    return Math.floor(Number.parseFloat(readFileSync("/proc/uptime", "latin1")) * ticksPerSecond);
  } catch {
    return undefined;
  }
}

/**
 * Processes that were started at or after a moment with this variable in their environment, which children inherit: so those are found
 * whose parent has ended and that have a session of their own. Linux only: elsewhere none.
 * @param since as {@link processClock} gives it
 */
export function startedSince(since: number, variable: string, value: string): ProcessIdentity[] {
  if (processClock() === undefined) return [];
  return procFiles
    .all()
    .filter(({ pid, start, ended }) => !ended && start >= since && pid !== process.pid && variableOf(pid, variable) === value)
    .map(({ pid, start }) => ({ pid, start }));
}
