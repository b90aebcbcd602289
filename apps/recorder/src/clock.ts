/** @param ms epoch milliseconds with fractions */
export function toNs(ms: number): bigint {
  return BigInt(Math.round(ms * 1e6));
}

/** On the clock of the packets, which is never set back; epoch nanoseconds. */
export function nowNs(): bigint {
  return toNs(performance.timeOrigin + performance.now());
}
