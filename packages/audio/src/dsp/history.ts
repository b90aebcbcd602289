/** The newest samples of a stream, always readable without a wrap. */
export interface History {
  /** The samples; read `length` of them from `start(length)` on. */
  readonly samples: Float32Array;
  /** Index in `samples` where the newest `length` samples begin. */
  start(length: number): number;
  push(block: Float32Array, count: number): void;
  reset(): void;
}

/** Keeps `capacity` samples. Each is stored twice, half a buffer apart, so that no read wraps. */
export function createHistory(capacity: number): History {
  const samples = new Float32Array(capacity * 2);
  let at = 0;
  return {
    samples,
    start: (length) => at + capacity - length,
    push(block, count) {
      for (let i = 0; i < count; i += 1) {
        const sample = block[i] ?? NaN;
        samples[at] = sample;
        samples[at + capacity] = sample;
        at = at + 1 === capacity ? 0 : at + 1;
      }
    },
    reset() {
      samples.fill(0);
      at = 0;
    },
  };
}
