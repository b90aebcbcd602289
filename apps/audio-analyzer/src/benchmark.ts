import { createLatencyHistogram, roundLatency } from "./latency-histogram.ts";
import type { Latency } from "./latency-histogram.ts";

/** Results of a benchmark of the running analyzer. */
export interface BenchmarkResult {
  seconds: number;
  frames: number;
  fps: number;
  /** From the last sample of a frame being available to its last datagram being sent. */
  latency_ms: Latency;
  /** Share of each stage in that. */
  stages: { analysis_ms: Latency; publishing_ms: Latency };
  dropped_frames: number;
  verdict: "excellent" | "good" | "high" | "no sound";
}

/** Measures the frames reported to it. */
export interface Benchmark {
  sent(latency: number, publishing: number): void;
  /** @param frames frames sent since the start; @param seconds, @param dropped duration and dropped frames since then */
  result(seconds: number, frames: number, dropped: number): BenchmarkResult;
}

export function createBenchmark(): Benchmark {
  const latency = createLatencyHistogram();
  const analysis = createLatencyHistogram();
  const publishing = createLatencyHistogram();
  return {
    sent(total, inPublishing) {
      latency.record(total);
      publishing.record(inPublishing);
      analysis.record(total - inPublishing);
    },
    result(seconds, frames, dropped) {
      const spread = roundLatency(latency.read());
      return {
        seconds: Math.round(seconds * 100) / 100,
        frames,
        fps: Math.round((frames / seconds) * 100) / 100,
        latency_ms: spread,
        stages: { analysis_ms: roundLatency(analysis.read()), publishing_ms: roundLatency(publishing.read()) },
        dropped_frames: dropped,
        verdict: judge(spread),
      };
    },
  };
}

/** The thresholds of the contract, on the 95th percentile. */
function judge({ p95, max }: Latency): BenchmarkResult["verdict"] {
  if (max === 0) return "no sound";
  if (p95 < 15) return "excellent";
  return p95 <= 30 ? "good" : "high";
}
