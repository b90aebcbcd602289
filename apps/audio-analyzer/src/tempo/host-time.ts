/** Microseconds of `process.hrtime`, the clock that all processes of a machine share, minus those of `performance.now`. */
const offsetUs = Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000;

/** The time of `performance.now`, ms, of a time of `process.hrtime`, us. */
export function steadyMs(hostUs: number): number {
  return (hostUs - offsetUs) / 1000;
}

/** The time of `process.hrtime`, us, of a time of `performance.now`, ms. */
export function hostUs(steadyTimeMs: number): number {
  return Math.round(steadyTimeMs * 1000 + offsetUs);
}
