const longestMs = 24 * 3_600_000;
const seconds = /^\d+(\.\d+)?$/;
/** `Date.parse` accepts much more than dates of HTTP. */
const date = /^[A-Z][a-z]+, /;

/**
 * The waiting time that a service asks for: the header `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
 * @param now epoch ms. @returns milliseconds, at most a day; undefined without a valid header.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  const ms = seconds.test(value) ? Number(value) * 1000 : date.test(value) ? Date.parse(value) - now : Number.NaN;
  return Number.isFinite(ms) ? Math.min(longestMs, Math.max(0, ms)) : undefined;
}
