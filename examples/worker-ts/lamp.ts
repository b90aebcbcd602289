#!/usr/bin/env node
// A whole worker in 20 lines of code. Try: vj send lamp shine level=0.5
import { defineOscTable, unit, type Reply } from "@vj/schema";
import { Worker, defineCommand, ok, runWorker, type CommandTable } from "@vj/worker";
import { z } from "zod";

const osc = defineOscTable({ "/lamp/level": { args: [unit("level")], kind: "state", description: "Brightness" } });
const config = z.object({ most: z.number().min(0).max(1).default(1).describe("Highest brightness") });
const args = z.object({ level: z.number().min(0).max(1).describe("Brightness") });

class Lamp extends Worker<typeof config, typeof osc> {
  constructor() {
    super({ name: "lamp", version: "1.0.0", description: "A lamp", config, osc });
  }
  protected override commands(): CommandTable {
    return { shine: defineCommand({ description: "Sets the brightness", args, run: ({ level }) => this.#shine(level) }) };
  }
  #shine(level: number): Reply {
    const shown = Math.min(level, this.config.most);
    this.telemetry.send("/lamp/level", { level: shown });
    return ok(`lamp at ${shown}`);
  }
}
await runWorker(() => new Lamp());
