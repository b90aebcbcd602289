import type { ControlClient } from "@vj/control";
import { findProject } from "@vj/process-manager/find-workers";
import { fieldsOf } from "@vj/rig";
import { accepted, ask, findOpenManager, knownWorker, managerState, rigView, waitForWorkers } from "@vj/rig/manager";
import type { ManagerState } from "@vj/schema";
import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { describeMissing, stoppedLines } from "../fleet.ts";
import { newCommand } from "../new-command.ts";
import { printError, printLine } from "../output.ts";
import { startManager } from "../start-manager.ts";
import { parseInteger, parseNames } from "../values.ts";
import { workerPlaces } from "../worker-places.ts";

interface UpOptions {
  only?: string;
  all?: boolean;
  foreground?: boolean;
  wait: string;
}

export function command(): Command {
  return newCommand("up", "Starts the process manager and all workers, and returns when they answer", [
    "up",
    "up --all           # also workers that you stopped",
    "up --only audio_analyzer,osc_debugger",
    "up --foreground    # for systemd and launchd",
  ])
    .option("--only <workers>", "start only these, separated by commas")
    .option("--all", "start also workers that a person stopped; never those that are off by default")
    .option("--foreground", "run the process manager here, until a signal stops it and all workers")
    .option("--wait <seconds>", "how long to wait for their answers", "15")
    .action(up);
}

async function up(options: UpOptions): Promise<void> {
  const { all = false } = options;
  const only = options.only === undefined ? undefined : parseNames(options.only);
  if (all && (only !== undefined || options.foreground === true)) {
    throw new CliError("--all cannot be used together with --only or --foreground", { exitCode: exitCodes.usage });
  }
  if (options.foreground === true) return runManager(only);
  const project = findProject(process.cwd());
  const limitMs = parseInteger(options.wait, 0, 3600) * 1000;
  const running = await findOpenManager();
  const manager = running ?? (await startManager({ only, project }));
  try {
    if (running !== undefined) await changeProject(manager, project);
    const state = await managerState(manager);
    const { pid } = state;
    printLine(running === undefined ? `process manager started (pid ${pid})` : `already running: process manager (pid ${pid})`);
    if (running !== undefined && !hasPlaces(state)) printError("VJ_WORKERS counts when the process manager starts, so its workers are not known: vj down, then vj up");
    for (const problem of rigView(state).problems) printError(problem);
    try {
      for (const worker of only ?? []) knownWorker(state.workers, worker);
    } catch (error) {
      // A manager without workers is useless here.
      if (running === undefined) await ask(manager, "shutdown");
      throw error;
    }
    if (all) accepted(await ask(manager, "start_all"));
    else if (running !== undefined) await startMissing(manager, state, only);
    const result = await waitForWorkers(manager, only, { timeoutMs: limitMs });
    if (result.running.length > 0) printLine(`running: ${result.running.join(", ")}`);
    const { rig } = rigView(result.state);
    for (const line of stoppedLines(rig)) printLine(line);
    if (result.missing.length > 0) {
      throw new CliError(`not all workers answer\n  ${describeMissing(result).join("\n  ")}`, { hint: "see why with: vj logs, or: vj doctor" });
    }
    if (rig.idle && rig.stoppedByYou.length > 0) throw new CliError("nothing is running", { hint: "start also what you stopped with: vj up --all" });
  } finally {
    await manager.close();
  }
}

/** Whether a running manager has all places of VJ_WORKERS. */
function hasPlaces(state: ManagerState): boolean {
  const known = fieldsOf(state, "config")?.["workers"];
  return workerPlaces().every((place) => Array.isArray(known) && known.includes(place));
}

/** A running manager has another project, or none. */
async function changeProject(manager: ControlClient, project: string | undefined): Promise<void> {
  if (project === undefined || (await managerState(manager))["project"] === project) return;
  const reply = await ask(manager, "set_config", { project });
  if (!reply.success) printError(`the workers of ${project} are not known: ${reply.message ?? "refused without a reason"}`);
}

/** With a running manager: starts the given workers, or all enabled ones that a person did not stop. */
async function startMissing(manager: ControlClient, { workers }: ManagerState, only: readonly string[] | undefined): Promise<void> {
  if (only !== undefined) {
    for (const worker of only) if (workers[worker]?.running === false) accepted(await ask(manager, "start_worker", { worker }));
    return;
  }
  for (const [worker, { state, enabled, stopped_by_request: stopped }] of Object.entries(workers)) {
    // Another `vj up` may be faster: its start is as good as ours.
    if (state === "stopped" && enabled && !stopped) await ask(manager, "start_worker", { worker });
  }
}

/** For service managers, which must see the process that they watch. Ends with this process. */
async function runManager(only: readonly string[] | undefined): Promise<void> {
  const [{ ProcessManager, readOptions }, { runWorker }] = await Promise.all([import("@vj/process-manager"), import("@vj/worker")]);
  const project = findProject(process.cwd());
  const options = readOptions([...(only === undefined ? [] : ["--only", only.join(",")]), ...(project === undefined ? [] : ["--project", project])]);
  await runWorker((context) => new ProcessManager(options, context));
}
