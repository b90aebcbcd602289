import type { Command } from "commander";
import type { DevOptions } from "../dev/run-dev.ts";
import { newCommand } from "../new-command.ts";

export function command(): Command {
  return newCommand("dev", "Runs the rig until q or Ctrl-C; in a checkout, changed workers are rebuilt and restarted", ["dev"])
    .option("--plain", "one line per change instead of the terminal UI, as without a terminal")
    .option("--color", "draw in colour, whatever the terminal supports")
    .option("--no-color", "draw without colour")
    .option("--no-watch", "do not rebuild and restart changed workers")
    .action(async (options: DevOptions) => {
      const { runDev } = await import("../dev/run-dev.ts");
      await runDev(options);
    });
}
