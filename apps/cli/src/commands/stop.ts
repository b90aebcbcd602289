import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { forOneOrAll } from "../one-or-all.ts";
import { stopEvery, stopOne } from "../steer.ts";

export function command(): Command {
  const base = newCommand("stop", "Stops a worker; it stays stopped until it is started again", ["stop audio_analyzer", "stop --all"]);
  return forOneOrAll(base, "every worker", stopOne, stopEvery);
}
