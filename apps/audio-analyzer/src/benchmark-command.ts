import { setTimeout as delay } from "node:timers/promises";
import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";
import { createBenchmark } from "./benchmark.ts";
import type { Benchmark } from "./benchmark.ts";

/** Longest duration of a benchmark, seconds. */
const longestSeconds = 60;

/** The command `benchmark`, and where the running analyzer reports its frames to. */
export interface BenchmarkCommand {
  readonly commands: CommandTable;
  /** A frame went out. @param latencyMs from its sound to the network @param publishingMs of that, for encoding and sending */
  readonly sent: Benchmark["sent"];
}

/** @param frames counts since the start: frames sent and frames dropped; undefined while the analyzer does not run */
export function createBenchmarkCommand(frames: () => { readonly sent: number; readonly dropped: number } | undefined): BenchmarkCommand {
  let running: Benchmark | undefined;

  return {
    sent: (latencyMs, publishingMs) => running?.sent(latencyMs, publishingMs),
    commands: {
      benchmark: defineCommand({
        description: "Measures the running analyzer",
        args: z.object({ seconds: z.number().min(1).max(longestSeconds).default(10) }),
        async run({ seconds }) {
          const before = frames();
          if (before === undefined) return failed("the analyzer does not run; try again in a moment", "unavailable");
          if (running !== undefined) return failed("a benchmark is running already; wait for it to end", "busy");
          const benchmark = createBenchmark();
          const begunAt = performance.now();
          running = benchmark;
          await delay(seconds * 1000);
          running = undefined;
          const after = frames() ?? before;
          const result = benchmark.result((performance.now() - begunAt) / 1000, after.sent - before.sent, after.dropped - before.dropped);
          return ok(`latency ${result.verdict}`, { ...result });
        },
      }),
    },
  };
}
