/** The newest samples of a stream, always readable in a row. */
export interface History {
  /** Holds the samples; read `length` of them from `start(length)` on. */
  readonly samples: Float32Array;
  /** Index in `samples` of the oldest of the newest `length` samples. */
  start(length: number): number;
  push(block: Float32Array, count: number): void;
  reset(): void;
}

/** Remembers `capacity` samples: every one is written twice, half a buffer apart, so that no read wraps. */
export function createHistory(capacity: number): History {
  const samples = new Float32Array(capacity * 2);
  let at = 0;
  return {
    samples,
    start: (length) => at + capacity - length,
    push(block, count) {
      for (let i = 0; i < count; i += 1) {
        const sample = block[i] ?? 0;
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
