import type { Command } from "commander";
import { newCommand } from "../new-command.ts";

export function command(): Command {
  return newCommand("tui", "Opens the terminal UI; leaving it (q) stops nothing", ["tui", "tui --no-color"])
    // The screen itself reads these options from the command line.
    .option("--color", "draw in colour, whatever the terminal supports")
    .option("--no-color", "draw without colour")
    .option("--theme <name>", "default, light, high-contrast, mono, or a theme of your own")
    .option("--no-mouse", "leave clicks and the wheel to the terminal")
    .option("--calm", "one picture a second, nothing blinks")
    .option("--screen-reader", "one line per change instead of a screen")
    .action(tui);
}

async function tui(): Promise<void> {
  const [{ runTui }, { startManager }] = await Promise.all([import("@vj/tui"), import("../start-manager.ts")]);
  await runTui({ startManager: async () => (await startManager()).close() });
}
