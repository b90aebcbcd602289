import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { forOneOrAll } from "../one-or-all.ts";
import { startEvery, startOne } from "../steer.ts";

export function command(): Command {
  const base = newCommand("restart", "Stops a worker and starts it again", ["restart audio_analyzer", "restart --all"]);
  return forOneOrAll(base, "every running worker", (worker) => startOne("restart_worker", worker), () => startEvery("restart"));
}
