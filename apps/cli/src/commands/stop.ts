import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { stopAndWait } from "../request-worker.ts";

export function command(): Command {
  return newCommand("stop", "Stops a worker; it stays stopped until it is started again", ["stop audio_analyzer"])
    .argument("<worker>", "its name")
    .action(stopAndWait);
}
