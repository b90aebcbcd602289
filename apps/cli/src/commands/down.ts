import { busDir, connect } from "@vj/control";
import { probe, removeDead, scan } from "@vj/discovery";
import { managerName } from "@vj/schema";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { untilGone } from "../gone.ts";
import { newCommand } from "../new-command.ts";
import { printLine } from "../output.ts";

/** The manager gives its workers 4 s; what then still runs hangs. */
const endMs = 10_000;

export function command(): Command {
  return newCommand("down", "Stops the process manager and all workers", ["down"]).action(down);
}

async function down(): Promise<void> {
  const names = scan(busDir());
  const left = names.includes(managerName) ? await stop(managerName) : undefined;
  // Whatever is still there ran without a manager, or outlived it.
  const strays = await Promise.all(scan(busDir()).filter((name) => name !== managerName).map(stop));
  const problems = [left, ...strays].filter((problem) => problem !== undefined);
  if (problems.length > 0) {
    throw new CliError(`not everything has ended\n  ${problems.join("\n  ")}`, { hint: "each process is listed as: ps ax | grep 'vj '" });
  }
  if (names.length === 0) printLine("nothing is running");
}

/** @returns what is wrong when it does not end. */
async function stop(name: string): Promise<string | undefined> {
  const found = await probe(name, busDir());
  switch (found.status) {
    case "absent":
      return undefined;
    case "dead":
      await removeDead(name, busDir());
      return undefined;
    case "silent":
      return `${name} does not answer`;
    case "unusable":
      return `${name}: ${found.reason}`;
    case "alive": {
      const client = await connect(name, { busDir: busDir(), reconnect: false });
      const reply = await client.request("shutdown").finally(() => client.close());
      if (!reply.success) return `${name} refuses to end: ${reply.message ?? "no reason given"}`;
      if (!(await untilGone(found.state.pid, endMs))) return `${name} (pid ${found.state.pid}) does not end`;
      printLine(name === managerName ? "stopped the process manager and its workers" : `stopped ${name}`);
      return undefined;
    }
  }
}
