#!/usr/bin/env node
// A whole worker: a smoke machine that thins out by itself. Try: vj send smoke puff amount=0.8
import { defineOscTable, unit } from "@vj/schema";
import { Worker, defineCommand, ok, runWorker } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";

const osc = defineOscTable({
  "/smoke/density": { args: [unit("density")], kind: "stream", rate: 10, description: "How thick the smoke is" },
});
const config = z.object({ fade: z.number().min(0.1).max(60).default(4).describe("Seconds until the smoke is gone") });
const puff = z.object({ amount: z.number().min(0).max(1).default(1).describe("How much smoke, 1 for all") });

class Smoke extends Worker<typeof config, typeof osc> {
  #density = 0;
  #timer: NodeJS.Timeout | undefined;
  constructor() {
    super({ name: "smoke", version: "1.0.0", description: "Smoke that thins out by itself", config, osc });
  }
  protected override onStart(): void {
    this.#timer = setInterval(() => {
      this.#density = Math.max(0, this.#density - 0.1 / this.config.fade);
      this.telemetry.send("/smoke/density", { density: this.#density });
    }, 100);
  }
  protected override onStop(): void {
    clearInterval(this.#timer);
  }
  protected override commands(): CommandTable {
    return {
      puff: defineCommand({
        description: "Makes smoke",
        args: puff,
        run: ({ amount }) => {
          this.#density = amount;
          this.log.info({ amount }, "puff");
          return ok(`smoke at ${amount}`);
        },
      }),
    };
  }
  protected override getState(): Record<string, unknown> {
    return { density: this.#density };
  }
}

await runWorker(() => new Smoke());
