#!/usr/bin/env node
import { Worker, runWorker } from "@vj/worker";
import { z } from "zod";

class BenchWorker extends Worker {
  constructor() {
    super({ name: "bench_worker", version: "1.0.0", description: "Does nothing, quickly", config: z.object({}) });
  }
}

await runWorker(() => new BenchWorker());
