import type { Command } from "commander";
import { newCommand } from "../new-command.ts";

export function command(): Command {
  return newCommand("doctor", "Checks what the rig needs (exit 1 when something is wrong)", ["doctor"]).action(async () => {});
}
