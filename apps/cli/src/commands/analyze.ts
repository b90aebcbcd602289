import { basename } from "node:path";
import { counted, messageOf } from "@vj/schema";
import type { Analysis } from "@vj/audio";
import { createProgress, hasReaderLeft, interrupted, interruptedCode } from "@vj/terminal";
import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { analysisPicture } from "../analysis-picture.ts";
import { openNewFile } from "../new-file.ts";
import { newCommand } from "../new-command.ts";
import { printError, printJson, printLine } from "../output.ts";

export function command(): Command {
  return newCommand("analyze", "Finds tempo, beats, onsets, build-ups and drops in recordings", ["analyze set.flac", "analyze set.flac --picture set.svg", "analyze --json *.mp3 > beats.ndjson"])
    .argument("<file...>", "recordings: wav, mp3, flac, ogg, opus, aiff, m4a or aac")
    .option("--json", "one JSON line per file: {file, duration, bpm, beats, downbeats, metre, onsets, drops, buildups, phrases, sections}, times in seconds")
    .option("--picture <svg>", "draws waveform, sections, beats, bars and tempo into this new file; for one recording")
    .action(analyze);
}

async function analyze(files: string[], { json = false, picture }: { json?: boolean; picture?: string }): Promise<void> {
  if (picture !== undefined && files.length > 1) throw new CliError("--picture draws one recording; give one file", { exitCode: exitCodes.usage });
  const drawing = picture === undefined ? undefined : await openNewFile(picture, "another name with --picture");
  const { analyzeFile } = await import("@vj/audio-analyzer");
  const signal = interrupted();
  const progress = createProgress();
  for (const [index, file] of files.entries()) {
    const name = files.length === 1 ? file : `${index + 1}/${files.length} ${file}`;
    try {
      progress.show(index / files.length, name);
      const onProgress = (done: number, seconds: number): void => progress.show((index + done) / files.length, `${name}, ${shownTime(seconds)}`);
      const analysis = await analyzeFile(file, { signal, onProgress });
      const { duration, bpm, beats, downbeats, metre, onsets, drops, buildups, phrases, sections } = analysis;
      await drawing?.append(Buffer.from(analysisPicture(basename(file), analysis)));
      await drawing?.commit();
      progress.above(() => {
        if (json) printJson({ file, duration, bpm, beats, downbeats, metre, onsets, drops, buildups, phrases, sections });
        else printLine(`${file}: ${summarize({ duration, bpm, beats, drops, buildups })}`);
      });
    } catch (error) {
      await drawing?.discard();
      if (hasReaderLeft()) break;
      if (signal.aborted) {
        progress.above(() => printError(`interrupted; ${counted(files.length - index, "file")} not analysed`));
        process.exitCode = interruptedCode;
        break;
      }
      // Continue: the other files are still worth analysing.
      progress.above(() => printError(`vj: ${messageOf(error)}`));
      process.exitCode = exitCodes.failed;
    }
  }
  progress.end();
}

/** The results, in words. */
export function summarize({ duration, bpm, beats, drops, buildups }: Pick<Analysis, "duration" | "bpm" | "beats" | "drops" | "buildups">): string {
  const tempo = bpm === 0 ? "no tempo found" : `${bpm.toFixed(1)} bpm`;
  return `${shownTime(duration)}, ${tempo}, ${counted(beats.length, "beat")}, ${counted(buildups.length, "build-up")}, ${counted(drops.length, "drop")}`;
}

const shownTime = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
