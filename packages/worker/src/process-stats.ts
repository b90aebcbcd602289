import { monitorEventLoopDelay } from "node:perf_hooks";

/** Load of this process since the last sample. */
export interface ProcessStats {
  rss_mb: number;
  /** Percent of one core. */
  cpu_percent: number;
  loop_lag_ms_p99: number;
}

/** Samples the load of this process. */
export interface ProcessMonitor {
  sample(): ProcessStats;
  stop(): void;
}

// Each look wakes the process, and an idle one has few other reasons to wake: 20 ms cost 0.17 % of a core, 50 ms 0.08. A pause of the loop that
// is longer than this is always seen; a shorter one as often as it meets a look.
const resolutionMs = 200;
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** Starts to measure this process. Sampling never throws: a figure that cannot be read keeps its last value. */
export function monitorProcess(): ProcessMonitor {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  let cpu = process.cpuUsage();
  let at = performance.now();
  let rssMb = 0;
  return {
    sample() {
      const used = process.cpuUsage(cpu);
      const now = performance.now();
      // The histogram contains whole intervals between turns of its own timer; the excess over the interval is the lag.
      const lag = Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
      rssMb = residentMb() ?? rssMb;
      const stats = {
        rss_mb: rssMb,
        cpu_percent: round((used.user + used.system) / 10 / Math.max(1, now - at), 1),
        loop_lag_ms_p99: Number.isFinite(lag) ? round(lag, 2) : 0,
      };
      cpu = process.cpuUsage();
      at = now;
      delay.reset();
      return stats;
    },
    stop: () => void delay.disable(),
  };
}

/** Resident memory in megabytes; undefined when no descriptor is left to read it. */
function residentMb(): number | undefined {
  try {
    return round(process.memoryUsage.rss() / 1_048_576, 1);
  } catch {
    return undefined;
  }
}
