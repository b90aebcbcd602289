const firstDelayMs = 20;
const longestDelayMs = 1000;

/**
 * Delay before the next attempt to connect, ms, after a number of failures in a row: 20 ms doubling up to 1 s. A
 * restarted worker listens again after some 100 ms, so the first attempts are close together.
 */
export function reconnectDelayMs(failures: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures, 10));
}
