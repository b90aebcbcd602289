import { createLatencyHistogram, roundLatency } from "./latency-histogram.ts";
import type { Latency } from "./latency-histogram.ts";

/** What ten seconds of the running analyzer look like. */
export interface BenchmarkResult {
  seconds: number;
  frames: number;
  fps: number;
  /** Last sample of a frame available to its last datagram sent. */
  latency_ms: Latency;
  /** The share of that for each stage. */
  stages: { analysis_ms: Latency; publishing_ms: Latency };
  dropped_frames: number;
  verdict: "excellent" | "good" | "high" | "no sound";
}

/** Measures the frames that are reported to it. */
export interface Benchmark {
  sent(latency: number, publishing: number): void;
  /** @param frames sent since the start; `seconds` since then; `dropped` frames since then */
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
