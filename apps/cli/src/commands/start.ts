import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { forOneOrAll } from "../one-or-all.ts";
import { startEvery, startOne } from "../steer.ts";

export function command(): Command {
  const base = newCommand("start", "Starts a worker, now and with every later start of the rig", ["start audio_analyzer", "start --all"]);
  return forOneOrAll(base, "every enabled worker, including those that you stopped", (worker) => startOne("start_worker", worker), () => startEvery("start"));
}
