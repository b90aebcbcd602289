import type { Command } from "commander";
import { newCommand } from "../new-command.ts";

export function command(): Command {
  return newCommand("tui", "Opens the terminal UI; leaving it (q) stops nothing", ["tui", "tui --no-color"])
    // The screen itself reads these options from the command line.
    .option("--color", "draw in colour, whatever the terminal says")
    .option("--no-color", "draw without colour")
    .action(tui);
}

async function tui(): Promise<void> {
  const [{ runTui }, { startManager }] = await Promise.all([import("@vj/tui"), import("../start-manager.ts")]);
  await runTui({ startManager: async () => (await startManager()).close() });
}
