import { counted, messageOf } from "@vj/schema";
import type { Analysis } from "@vj/audio";
import { createProgress, interrupted, interruptedCode } from "@vj/terminal";
import type { Command } from "commander";
import { exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { printError, printJson, printLine } from "../output.ts";

export function command(): Command {
  return newCommand("analyze", "Finds tempo, beats, onsets, build-ups and drops in recordings", ["analyze set.flac", "analyze --json *.mp3 > beats.ndjson"])
    .argument("<file...>", "recordings: wav, mp3, flac, ogg, opus, aiff, m4a or aac")
    .option("--json", "one JSON line per file: {file, duration, bpm, beats, downbeats, metre, onsets, drops, buildups}, times in seconds")
    .action(analyze);
}

async function analyze(files: string[], { json = false }: { json?: boolean }): Promise<void> {
  const { analyzeFile } = await import("@vj/audio-analyzer");
  const signal = interrupted();
  const progress = createProgress();
  for (const [index, file] of files.entries()) {
    const name = files.length === 1 ? file : `${index + 1}/${files.length} ${file}`;
    try {
      progress.show(index / files.length, name);
      const onProgress = (done: number, seconds: number): void => progress.show((index + done) / files.length, `${name}, ${shownTime(seconds)}`);
      const { duration, bpm, beats, downbeats, metre, onsets, drops, buildups } = await analyzeFile(file, { signal, onProgress });
      progress.above(() => {
        if (json) printJson({ file, duration, bpm, beats, downbeats, metre, onsets, drops, buildups });
        else printLine(`${file}: ${summarize({ duration, bpm, beats, drops, buildups })}`);
      });
    } catch (error) {
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
