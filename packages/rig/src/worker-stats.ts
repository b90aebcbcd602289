import { fieldsOf, numberField } from "./fields.ts";
import type { WorkerEntry } from "./state.ts";

/** Figures of one running worker; undefined where it has not reported them. */
export interface WorkerStats {
  readonly fps: number | undefined;
  /** 95th percentile of the latency of its frames, milliseconds. */
  readonly latencyP95: number | undefined;
  /** Percent of one core. */
  readonly cpuPercent: number | undefined;
  readonly rssMb: number | undefined;
  readonly uptimeSec: number | undefined;
}

/** The counts of a worker as the screens show them. @param now epoch milliseconds */
export function workerStats({ heartbeat, heartbeatAt, state, stateAt }: WorkerEntry, now: number): WorkerStats {
  // Some report their figures also in their state, which arrives more often than heartbeats.
  const stats = { ...heartbeat?.stats, ...fieldsOf(state, "stats") };
  return {
    fps: numberField(stats, "fps"),
    latencyP95: numberField(fieldsOf(stats, "latency_ms"), "p95"),
    cpuPercent: numberField(stats, "cpu_percent"),
    rssMb: numberField(stats, "rss_mb"),
    uptimeSec: grown(heartbeat?.uptime_sec, heartbeatAt, now) ?? grown(numberField(state, "uptime_sec"), stateAt, now),
  };
}

function grown(seconds: number | undefined, reportedAt: number | undefined, now: number): number | undefined {
  return seconds === undefined || reportedAt === undefined ? undefined : seconds + (now - reportedAt) / 1000;
}
