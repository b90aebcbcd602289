/** The longest time that a timer of Node takes (2^31 − 1 ms, 24.8 days), in whole days. */
const longestMs = 24 * 24 * 3_600_000;
const seconds = /^\d+(\.\d+)?$/;
/** `Date.parse` accepts much more than dates of HTTP. */
const date = /^[A-Z][a-z]+, /;
/** The oldest of the three forms of HTTP's dates: it names no time zone, and is UTC. */
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * The waiting time that a service asks for: the header `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
 * @param now epoch ms. @returns milliseconds, at most 24 days; undefined without a valid header.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  const ms = millisecondsOf(value, now);
  return Number.isFinite(ms) ? Math.min(longestMs, Math.max(0, ms)) : undefined;
}

function millisecondsOf(value: string, now: number): number {
  if (asctime.test(value)) return Date.parse(`${value} GMT`) - now;
  if (date.test(value)) return Date.parse(value) - now;
  // A proxy may add a header of its own: the longest wait keeps to both.
  const waits = value.split(",").map((part) => part.trim());
  return waits.every((wait) => seconds.test(wait)) ? Math.max(...waits.map(Number)) * 1000 : Number.NaN;
}
