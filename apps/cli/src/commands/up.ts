import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { waitForWorkers } from "../fleet.ts";
import { accepted, ask, findManager, managerState } from "../manager.ts";
import { newCommand } from "../new-command.ts";
import { printLine } from "../output.ts";
import { startManager } from "../start-manager.ts";
import { parseInteger, parseNames } from "../values.ts";

interface UpOptions {
  only?: string;
  wait: string;
}

export function command(): Command {
  return newCommand("up", "Starts the process manager and all workers, and returns when they answer", ["up", "up --only audio_analyzer,osc_debugger"])
    .option("--only <workers>", "start only these, separated by commas")
    .option("--wait <seconds>", "how long to wait for them", "15")
    .action(up);
}

async function up(options: UpOptions): Promise<void> {
  const only = options.only === undefined ? undefined : parseNames(options.only);
  const limitMs = parseInteger(options.wait, 0, 3600) * 1000;
  const running = await findManager();
  const manager = running ?? (await startManager(only));
  try {
    const { pid, workers } = await managerState(manager);
    printLine(running === undefined ? `process manager started (pid ${pid})` : `already running: process manager (pid ${pid})`);
    if (running !== undefined) {
      for (const worker of only ?? []) if (workers[worker]?.running === false) accepted(await ask(manager, "start_worker", { worker }));
    }
    const result = await waitForWorkers(manager, only, limitMs);
    if (result.running.length > 0) printLine(`running: ${result.running.join(", ")}`);
    if (result.missing.length > 0) {
      throw new CliError(`not all workers answer\n  ${result.missing.join("\n  ")}`, { hint: "see why with: vj logs, or: vj doctor" });
    }
  } finally {
    manager.close();
  }
}
