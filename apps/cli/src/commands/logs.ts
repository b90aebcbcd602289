import { once } from "node:events";
import { busDir, logFolder } from "@vj/control";
import { parseJson } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { printJson, printLine } from "../output.ts";
import { parseInteger } from "../values.ts";

interface LogsOptions {
  follow?: boolean;
  lines: string;
  json?: boolean;
}

export function command(): Command {
  return newCommand("logs", "Shows the end of the log files, merged by time", ["logs", "logs audio_analyzer -f", "logs -n 500 --json"])
    .argument("[worker]", "only of this one")
    .option("-f, --follow", "follow new lines until Ctrl-C")
    .option("-n, --lines <count>", "number of lines to begin with", "50")
    .option("--json", "the JSON lines unchanged")
    .action(logs);
}

async function logs(worker: string | undefined, { follow = false, lines, json = false }: LogsOptions): Promise<void> {
  const count = parseInteger(lines, 0, 1_000_000);
  const { LogSet, followLogs, formatLogLine, listLogs } = await import("@vj/logs");
  const selection = { busDir: busDir(), source: worker };
  if (listLogs(selection).length === 0 && !follow) {
    const others = listLogs({ busDir: busDir() }).map((file) => file.slice(0, -".log".length));
    const hint = others.length === 0 ? "nothing has run here yet; start the rig with: vj up" : `there are logs of: ${others.join(", ")}`;
    throw new CliError(`no log of ${worker ?? "any worker"} in ${logFolder(busDir())}`, { hint });
  }
  const print = (line: string): void => (json ? printJson(parseLine(line)) : printLine(formatLogLine(line)));
  const set = new LogSet(selection);
  const { entries, faults } = set.look(Infinity);
  for (const fault of faults) print(fault);
  for (const { line } of entries.slice(count === 0 ? Infinity : -count)) print(line);
  if (!follow) return set.close();
  const follower = followLogs(set, { onEntries: (more) => more.forEach(({ line }) => print(line)), onProblem: print, pollMs: 200 });
  await once(interrupted(), "abort");
  await follower.close();
}

/** A line that is not JSON (the output of a crash) becomes a JSON string, so that every line can be parsed. */
function parseLine(line: string): unknown {
  const value = parseJson(line);
  return value === undefined ? line : value;
}
