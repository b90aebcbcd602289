import { busDir } from "@vj/control";
import { probe, scan } from "@vj/discovery";
import { managerName } from "@vj/schema";
import type { ManagerState } from "@vj/schema";
import type { Command } from "commander";
import { exitCodes, noManager } from "../cli-error.ts";
import { fleetTable, isHealthy, problemsOf, stoppedByYou, summaryLines } from "../fleet.ts";
import { findManager, managerState } from "../manager.ts";
import { newCommand } from "../new-command.ts";
import { complain, printJson, printLine } from "../output.ts";
import { interrupted } from "../signals.ts";
import { watchStatus } from "../watch-status.ts";

interface StatusOptions {
  json?: boolean;
  watch?: boolean;
}

export function command(): Command {
  return newCommand("status", "Shows how the workers are (exit 0 healthy, 1 degraded, 2 no process manager)", ["status", "status --json", "status --watch"])
    .option("--json", "one JSON object; with --watch one JSON line per change")
    .option("--watch", "one line per change, until Ctrl-C")
    .action(status);
}

async function status({ json = false, watch = false }: StatusOptions): Promise<void> {
  if (watch) return watchStatus(interrupted(), json);
  const state = await currentState();
  if (state === undefined) {
    // Workers outlive their manager: that is worth knowing here.
    const unsupervised = scan(busDir()).filter((name) => name !== managerName);
    if (json) printJson({ status: "no_manager", workers: {}, unsupervised });
    else if (unsupervised.length > 0) printLine(`running without a process manager, or left over: ${unsupervised.join(", ")}`);
    throw noManager();
  }
  const healthy = isHealthy(state);
  const foreign = await foreignWorkers(state);
  if (json) {
    printJson({ ...state, status: healthy ? "healthy" : "degraded", stopped_by_you: stoppedByYou(state), unsupervised: foreign.map(({ name }) => name) });
  } else {
    for (const line of fleetTable(state)) printLine(line);
    for (const { name, pid } of foreign) printLine(`also running, not known to the process manager: ${name} (pid ${pid})`);
    for (const problem of problemsOf(state)) complain(problem);
    for (const line of summaryLines(state)) printLine(line);
  }
  process.exitCode = healthy ? exitCodes.ok : exitCodes.failed;
}

/** Workers that answer on the bus although the manager does not know them. */
async function foreignWorkers({ workers }: ManagerState): Promise<{ name: string; pid: number }[]> {
  const names = scan(busDir()).filter((name) => name !== managerName && !(name in workers));
  const found = await Promise.all(names.map(async (name) => ({ name, found: await probe(name, busDir()) })));
  return found.flatMap(({ name, found: probed }) => (probed.status === "alive" ? [{ name, pid: probed.state.pid }] : []));
}

async function currentState(): Promise<ManagerState | undefined> {
  const manager = await findManager();
  if (manager === undefined) return undefined;
  try {
    return await managerState(manager);
  } finally {
    manager.close();
  }
}
