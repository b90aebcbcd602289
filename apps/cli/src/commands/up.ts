import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { problemsOf, waitForWorkers } from "../fleet.ts";
import { accepted, ask, managerState } from "../manager.ts";
import { newCommand } from "../new-command.ts";
import { complain, printLine } from "../output.ts";
import { findOpenManager, startManager } from "../start-manager.ts";
import { parseInteger, parseNames } from "../values.ts";

interface UpOptions {
  only?: string;
  foreground?: boolean;
  wait: string;
}

export function command(): Command {
  return newCommand("up", "Starts the process manager and all workers, and returns when they answer", [
    "up",
    "up --only audio_analyzer,osc_debugger",
    "up --foreground    # for systemd and launchd",
  ])
    .option("--only <workers>", "start only these, separated by commas")
    .option("--foreground", "be the process manager, until a signal stops it and all workers")
    .option("--wait <seconds>", "how long to wait for them", "15")
    .action(up);
}

async function up(options: UpOptions): Promise<void> {
  const only = options.only === undefined ? undefined : parseNames(options.only);
  if (options.foreground === true) return runManager(only);
  const limitMs = parseInteger(options.wait, 0, 3600) * 1000;
  const running = await findOpenManager();
  const manager = running ?? (await startManager(only));
  try {
    const state = await managerState(manager);
    const { pid, workers } = state;
    printLine(running === undefined ? `process manager started (pid ${pid})` : `already running: process manager (pid ${pid})`);
    for (const problem of problemsOf(state)) complain(problem);
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

/** For service managers, which want to see the process that they watch. Ends with this process. */
async function runManager(only: readonly string[] | undefined): Promise<void> {
  const [{ ProcessManager, readOptions }, { runWorker }] = await Promise.all([import("@vj/process-manager"), import("@vj/worker")]);
  const options = readOptions(only === undefined ? [] : ["--only", only.join(",")]);
  await runWorker(() => new ProcessManager(options));
}
