import { existsSync } from "node:fs";
import path from "node:path";
import { RecordingError } from "@vj/recording";
import { createProgress, hasReaderLeft, interrupted, interruptedCode } from "@vj/terminal";
import { Option } from "commander";
import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { refuseTaken } from "../new-file.ts";
import { printError } from "../output.ts";
import { parseClock } from "../recording/clock-text.ts";
import { openExport } from "../recording/export-sink.ts";
import { fileAndOnly, filterOf } from "../recording/filter.ts";
import { cannotRead, openFile } from "../recording/open-file.ts";
import { exportFormats, runExport } from "../recording/run-export.ts";
import type { ExportFormat } from "../recording/run-export.ts";

interface Options {
  format?: ExportFormat;
  out?: string;
  only?: string[];
  from?: string;
}

const endings: Readonly<Record<ExportFormat, string>> = { "mcap-json": "-json.mcap", csv: ".csv", ndjson: ".ndjson" };

export function command(): Command {
  return newCommand("export", "Writes a recording in a form that other programs read: Foxglove and Lichtblick plot mcap-json", [
    "export friday.mcap --format csv",
    "export friday.mcap --format mcap-json --only '/audio/*'",
    "export friday.mcap --format ndjson --out - | head",
  ])
    .usage("[options] <file>")
    .argument("[file]", "a recording")
    .addOption(new Option("--format <form>", "mcap-json: JSON with schemas; csv: one line per argument; ndjson: one object per line").choices(exportFormats))
    .option("--out <file>", "the file to write, - for standard output; default: beside the recording")
    .option("--only <patterns...>", "only these: addresses with * ? [a-z] {a,b}; a * at the end also matches all parts below")
    .option("--from <time>", "begin there: 1:02:03, or seconds", "0")
    .action(run);
}

async function run(given: string | undefined, { format, out, only: words, from = "0" }: Options): Promise<void> {
  const { file, only } = fileAndOnly(given, words);
  const [wanted, begin] = [filterOf(only), parseClock(from)];
  if (!existsSync(file)) throw new CliError(`${file} does not exist`, { hint: "name a recording: a file that vj record or the recorder wrote" });
  if (format === undefined) throw new CliError("which form?", { hint: `add --format with ${exportFormats.join(", ")}`, exitCode: exitCodes.usage });
  const { dir, name } = path.parse(file);
  const to = out ?? path.join(dir, `${name}${endings[format]}`);
  if (to !== "-") refuseTaken(to, "another name with --out");
  const signal = interrupted();
  await using recording = await openFile(file, signal);
  const sink = await openExport(to);
  const progress = createProgress();
  try {
    const { messages, unreadable } = await runExport({
      recording,
      format,
      from: recording.start + BigInt(Math.round(begin * 1e9)),
      wanted,
      sink,
      signal,
      onProgress: (done) => progress.show(done, file),
      onDamage: ({ message }) => progress.above(() => printError(`left out: ${message}`)),
    });
    await sink.commit();
    progress.end();
    if (unreadable > 0) printError(`${unreadable} messages are not valid OSC and were left out`);
    printError(`${messages} messages written to ${to === "-" ? "standard output" : to}`);
  } catch (error) {
    progress.end();
    await sink.discard();
    if (!signal.aborted) throw error instanceof RecordingError ? cannotRead(file, error) : error;
    if (to === "-" && hasReaderLeft()) return;
    printError(`stopped; ${to === "-" ? "the output is not whole" : `${to} was not written`}`);
    process.exitCode = interruptedCode;
  }
}
