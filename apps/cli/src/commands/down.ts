import { managerName } from "@vj/schema";
import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { printLine } from "../output.ts";
import { stopRig } from "../stop-rig.ts";

export function command(): Command {
  return newCommand("down", "Stops the process manager and all workers", ["down"]).action(down);
}

async function down(): Promise<void> {
  const stopped = await stopRig();
  for (const name of stopped) printLine(name === managerName ? "stopped the process manager and its workers" : `stopped ${name}`);
  if (stopped.length === 0) printLine("nothing is running");
}
