import type { Command } from "commander";
import { newCommand } from "../new-command.ts";

export function command(): Command {
  return newCommand("dev", "Runs the rig until q or Ctrl-C; in a checkout, changed workers are rebuilt and restarted", ["dev"])
    .option("--plain", "one line per change instead of the terminal UI, as without a terminal")
    .action(async (options: { plain?: boolean }) => {
      const { runDev } = await import("../dev/run-dev.ts");
      await runDev(options);
    });
}
