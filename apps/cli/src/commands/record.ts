import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { packageVersion } from "@vj/files";
import { busDir } from "@vj/control";
import { BusRecording, patternSchema, recordingName } from "@vj/recorder";
import { explainIssues, messageOf } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { refuseTaken } from "../new-file.ts";
import { printError, printLine } from "../output.ts";
import { clockText, sizeText } from "../recording/clock-text.ts";
import { statusLine } from "../recording/status-line.ts";
import { namesRecording, takeBack } from "../take-back.ts";
import { parseInteger } from "../values.ts";

/** Time within which a running rig has answered, milliseconds. */
const answerMs = 1500;

export function command(): Command {
  return newCommand("record", "Records all OSC and the logs of the rig into a file, until Ctrl-C", [
    "record friday.mcap",
    "record friday.mcap --leave-out '/karaoke/*' '/playback/*' /vj/log",
  ])
    .argument("[file]", "a new file; without it vj-DATE-TIME.mcap in this folder. Later parts are FILE-2.mcap and so on")
    .option("--leave-out <patterns...>", "addresses that are not recorded; titles of songs are in /karaoke/* /playback/* /vj/log")
    .option("--split <minutes>", "minutes of each part", "60")
    .action(record);
}

async function record(given: string | undefined, { leaveOut, split }: { leaveOut?: string[]; split: string }): Promise<void> {
  const { argument: file = recordingName(new Date()), words = [] } = takeBack(given, leaveOut, namesRecording);
  const minutes = parseInteger(split, 1, 1440);
  const patterns = patternSchema.array().max(64).safeParse(words);
  if (!patterns.success) throw new CliError(`--leave-out: ${explainIssues(patterns.error)}`, { hint: "quote it, for example '/karaoke/*'", exitCode: exitCodes.usage });
  refuseTaken(file, "another name");
  // Made here, it might be the place of a disk that is not plugged in.
  if (!existsSync(path.dirname(file))) throw new CliError(`the folder ${path.dirname(file)} does not exist`, { hint: "make it, or choose another place: vj record FILE" });
  const stop = interrupted();
  const recording = new BusRecording({
    busDir: busDir(),
    except: [],
    file,
    makeFolders: false,
    leaveOut: patterns.data,
    splitMs: minutes * 60_000,
    version: packageVersion(import.meta.url),
    onProblem: (problem) => say(problem),
    onFile: (next) => {
      if (next !== file) say(`continuing in ${next}`);
    },
  });
  const begun = performance.now();
  const line = statusLine(() => {
    const { messages, size, lost, fault } = recording.stats();
    const trouble = fault === undefined ? "" : `  not recording: ${fault}`;
    return `${clockText((performance.now() - begun) / 1000)}  ${messages} messages  ${sizeText(size)}${lost > 0 ? `  ${lost} lost` : ""}${trouble}`;
  });
  const say = (text: string): void => {
    line.clear();
    printError(text);
  };
  try {
    const fault = await recording.open();
    if (fault !== undefined) {
      const { help } = recording.stats();
      throw new CliError(`cannot write ${file}: ${messageOf(fault)}`, { hint: `${help === undefined ? "" : `${help}, or `}choose another place: vj record FILE` });
    }
    printLine(`recording to ${file}; Ctrl-C ends it`);
    const answered = delay(answerMs, undefined, { signal: stop }).catch(() => {});
    await answered;
    if (!stop.aborted && recording.stats().messages === 0) say("nothing has arrived yet; start the rig with: vj up");
    await new Promise<void>((resolve) => {
      if (stop.aborted) resolve();
      stop.addEventListener("abort", () => resolve());
    });
  } finally {
    line.end();
    await recording.close();
  }
  const { messages, size, files, lost, fault } = recording.stats();
  printLine(`${messages} messages in ${clockText((performance.now() - begun) / 1000)}, ${sizeText(size)} in ${files === 1 ? file : `${files} files from ${file} on`}`);
  if (lost > 0) printError(`${lost} messages could not be written${fault === undefined ? "" : `: ${fault}`}`);
  if (fault !== undefined) process.exitCode = exitCodes.failed;
}
