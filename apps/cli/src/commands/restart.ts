import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { startAndWait } from "../request-worker.ts";

export function command(): Command {
  return newCommand("restart", "Stops a worker and starts it anew", ["restart audio_analyzer"])
    .argument("<worker>", "its name")
    .action((worker: string) => startAndWait("restart_worker", worker));
}
