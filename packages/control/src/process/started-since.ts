import { readFileSync } from "node:fs";
import type { ProcessIdentity } from "./identity.ts";
import { procFiles } from "./proc-files.ts";
import { variableOf } from "./udp-senders.ts";

/** Clock ticks per second that `/proc` counts in, on every Linux. */
const ticksPerSecond = 100;

/** The current time in the unit of start times in `/proc`; undefined where there is none. */
export function processClock(): number | undefined {
  try {
    return Math.floor(Number.parseFloat(readFileSync("/proc/uptime", "latin1")) * ticksPerSecond);
  } catch {
    return undefined;
  }
}

/**
 * Processes started at or after a moment with this variable in their environment. Children inherit the variable, so this
 * also finds processes with a session of their own whose parent has ended. Linux only; elsewhere empty.
 * @param since a value of {@link processClock}
 */
export function startedSince(since: number, variable: string, value: string): ProcessIdentity[] {
  if (processClock() === undefined) return [];
  return procFiles
    .all()
    .filter(({ pid, start, ended }) => !ended && start >= since && pid !== process.pid && variableOf(pid, variable) === value)
    .map(({ pid, start }) => ({ pid, start }));
}
