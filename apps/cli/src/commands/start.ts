import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { startAndWait } from "../request-worker.ts";

export function command(): Command {
  return newCommand("start", "Starts a worker, now and with every later start of the rig", ["start audio_analyzer"])
    .argument("<worker>", "its name")
    .action((worker: string) => startAndWait("start_worker", worker));
}
