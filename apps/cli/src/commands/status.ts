import { busDir } from "@vj/control";
import { currentManagerState, noManager, viewWithSockets } from "@vj/rig/manager";
import type { RigHealth } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import type { Command } from "commander";
import { exitCodes } from "../cli-error.ts";
import { fleetHead, fleetRows, summaryLines, withReport } from "../fleet.ts";
import { newCommand } from "../new-command.ts";
import { printError, printJson, printLine, printTable } from "../output.ts";
import { askNowPlaying, nowPlayingLine } from "../track-line.ts";
import { watchStatus } from "../watch-status.ts";

interface StatusOptions {
  json?: boolean;
  watch?: boolean;
}

export function command(): Command {
  return newCommand("status", "Shows the health of the workers (exit 0 healthy, 1 degraded, 2 no process manager)", ["status", "status --json", "status --watch"])
    .option("--json", "one JSON object; with --watch one JSON line per change")
    .option("--watch", "one line per change, until Ctrl-C")
    .action(status);
}

async function status({ json = false, watch = false }: StatusOptions): Promise<void> {
  if (watch) return watchStatus(interrupted(), json);
  const view = await viewWithSockets(await currentManagerState());
  const { manager, rig, workers, problems, warnings } = view;
  const answer = workers["now_playing"]?.pid == null ? undefined : await askNowPlaying(busDir());
  const unsupervised = Object.keys(workers).filter((name) => workers[name]?.managed === undefined);
  if (json) {
    const playing = answer === undefined ? {} : { now_playing: answer.track };
    printJson(manager === undefined ? { status: "no_manager", workers: {}, unsupervised, ...playing } : { ...manager, ...jsonOf(rig), unsupervised, ...playing });
  } else {
    if (manager !== undefined || unsupervised.length > 0) printTable(fleetHead, fleetRows(withReport(view, "now_playing", answer?.report)));
    if (answer !== undefined) printLine(nowPlayingLine(answer));
    for (const problem of problems) printError(problem);
    for (const warning of warnings) printLine(warning);
    if (typeof manager?.["project"] === "string") printLine(`workers are also looked for among the dependencies of ${manager["project"]}`);
    if (manager !== undefined) for (const line of summaryLines(view)) printLine(line);
  }
  // Workers outlive their manager, so they are shown first.
  if (manager === undefined) throw noManager();
  process.exitCode = rig.healthy ? exitCodes.ok : exitCodes.failed;
}

function jsonOf({ healthy, troubled, stoppedByYou }: RigHealth): Record<string, unknown> {
  return { status: healthy ? "healthy" : "degraded", in_trouble: troubled, stopped_by_you: stoppedByYou };
}
