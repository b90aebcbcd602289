import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { forOneOrAll } from "../one-or-all.ts";
import { startAll } from "../request-all.ts";
import { startAndWait } from "../request-worker.ts";

export function command(): Command {
  const base = newCommand("start", "Starts a worker, now and with every later start of the rig", ["start audio_analyzer", "start --all"]);
  return forOneOrAll(base, "every worker that is not off by default, those that you stopped too", (worker) => startAndWait("start_worker", worker), startAll);
}
