import { stopRig } from "@vj/rig/manager";
import type { Ended } from "@vj/rig/manager";
import { managerName } from "@vj/schema";
import type { Command } from "commander";
import { newCommand } from "../new-command.ts";
import { printLine } from "../output.ts";

export function command(): Command {
  return newCommand("down", "Stops the process manager and all workers", ["down"]).action(down);
}

async function down(): Promise<void> {
  const stopped = await stopRig();
  for (const { name, how } of stopped) printLine(describe(name, how));
  if (stopped.length === 0) printLine("nothing is running");
}

function describe(name: string, how: Ended): string {
  const who = name === managerName ? "the process manager" : name;
  if (how.outcome === "killed") return `killed ${who} (pid ${how.pid}): ${how.why}`;
  return name === managerName ? "stopped the process manager and its workers" : `stopped ${who}`;
}
