import type { Command } from "commander";
import { newCommand } from "../new-command.ts";

export function command(): Command {
  return newCommand("dev", "Runs the rig until q or Ctrl-C; in a checkout, changed workers are rebuilt and restarted", ["dev"]).action(async () => {});
}
