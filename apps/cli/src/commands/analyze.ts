import { counted, messageOf } from "@vj/schema";
import type { Analysis } from "@vj/audio";
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
  for (const file of files) {
    try {
      const { duration, bpm, beats, downbeats, metre, onsets, drops, buildups } = await analyzeFile(file);
      if (json) printJson({ file, duration, bpm, beats, downbeats, metre, onsets, drops, buildups });
      else printLine(`${file}: ${summarize({ duration, bpm, beats, drops, buildups })}`);
    } catch (error) {
      // Continue: the other files are still worth analysing.
      printError(`vj: ${messageOf(error)}`);
      process.exitCode = exitCodes.failed;
    }
  }
}

/** The results, in words. */
export function summarize({ duration, bpm, beats, drops, buildups }: Pick<Analysis, "duration" | "bpm" | "beats" | "drops" | "buildups">): string {
  const minutes = `${Math.floor(duration / 60)}:${String(Math.floor(duration % 60)).padStart(2, "0")}`;
  const tempo = bpm === 0 ? "no tempo found" : `${bpm.toFixed(1)} bpm`;
  return `${minutes}, ${tempo}, ${counted(beats.length, "beat")}, ${counted(buildups.length, "build-up")}, ${counted(drops.length, "drop")}`;
}
