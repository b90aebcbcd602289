import type { Command } from "commander";
import { newCommand } from "../new-command.ts";

export function command(): Command {
  return newCommand("tui", "Opens the terminal UI; leaving it (q) lets everything run on", ["tui"]).action(async () => {});
}
