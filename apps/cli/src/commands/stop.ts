import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { forOneOrAll } from "../one-or-all.ts";
import { stopAll } from "../request-all.ts";
import { stopAndWait } from "../request-worker.ts";

export function command(): Command {
  const base = newCommand("stop", "Stops a worker; it stays stopped until it is started again", ["stop audio_analyzer", "stop --all"]);
  return forOneOrAll(base, "every worker", stopAndWait, stopAll);
}
