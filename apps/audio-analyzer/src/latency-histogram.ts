/** Spread of latencies in milliseconds. */
export interface Latency {
  min: number;
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Width of a bucket in ms: the resolution of the percentiles. */
const bucketMs = 0.05;

/** Larger values share the last bucket, ms. */
const lastMs = 200;

/** Counts latencies without allocating memory, for a path that runs sixty times a second for days. */
export interface LatencyHistogram {
  record(ms: number): void;
  /** Spread of all values since the last reset; zeros when there are none. */
  read(): Latency;
  reset(): void;
}

export function createLatencyHistogram(): LatencyHistogram {
  const buckets = new Uint32Array(lastMs / bucketMs + 1);
  let count = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = 0;

  /** Upper edge of the bucket that contains the given share, but at most the largest recorded value. */
  const percentile = (share: number): number => {
    let left = Math.ceil(count * share);
    const bucket = buckets.findIndex((held) => (left -= held) <= 0);
    return bucket < 0 || bucket === buckets.length - 1 ? max : Math.min(max, (bucket + 1) * bucketMs);
  };

  return {
    record(ms) {
      const bucket = Math.min(buckets.length - 1, Math.floor(ms / bucketMs));
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      count += 1;
      sum += ms;
      if (ms < min) min = ms;
      if (ms > max) max = ms;
    },
    read() {
      if (count === 0) return { min: 0, mean: 0, p50: 0, p95: 0, p99: 0, max: 0 };
      return { min, mean: sum / count, p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99), max };
    },
    reset() {
      buckets.fill(0);
      count = 0;
      sum = 0;
      min = Number.POSITIVE_INFINITY;
      max = 0;
    },
  };
}

/** A latency for JSON: rounded to microseconds. */
export function roundLatency(latency: Latency): Latency {
  const round = (ms: number): number => Math.round(ms * 1000) / 1000;
  const { min, mean, p50, p95, p99, max } = latency;
  return { min: round(min), mean: round(mean), p50: round(p50), p95: round(p95), p99: round(p99), max: round(max) };
}

/** Latencies of the last 30 to 60 s, so that an hour of good ones does not hide a bad one. */
export interface RecentLatency {
  record(ms: number): void;
  read(): Latency;
}

/** Number of values in half of the remembered time: 30 s at sixty a second. */
const recentCount = 1800;

export function createRecentLatency(): RecentLatency {
  let older = createLatencyHistogram();
  let newer = createLatencyHistogram();
  let count = 0;
  return {
    record(ms) {
      older.record(ms);
      newer.record(ms);
      count += 1;
      if (count < recentCount) return;
      count = 0;
      [older, newer] = [newer, older];
      newer.reset();
    },
    read: () => older.read(),
  };
}
