import { basename } from "node:path";
import { counted, messageOf } from "@vj/schema";
import { createProgress, hasReaderLeft, interrupted, interruptedCode } from "@vj/terminal";
import type { Command } from "commander";
import { analysisPicture } from "../analysis/picture.ts";
import { resultOf, summarize } from "../analysis/report.ts";
import { CliError, exitCodes } from "../cli-error.ts";
import { checkNewFile, writeNewFile } from "../new-file.ts";
import { newCommand } from "../new-command.ts";
import { printError, printJson, printLine } from "../output.ts";
import { shortClock } from "../recording/clock-text.ts";

/** A picture has nothing secret: as any new file of a shell, who may read it is up to the umask. */
const pictureMode = 0o666;
const elsewhere = "another name with --picture";

const meanings = `
What --json gives, times in seconds:
  bpm         tempo of the music; 0 when none is sure
  confidence  mean confidence while a tempo was reported, 0 to 1
  tempo_track [time, bpm] where the reported tempo changed; 0 where it was lost
  beats       every beat; downbeats: those that begin a bar
  metre       beats of a bar, 2 to 7; 0 without a tempo
  onsets      where sounds begin
  drops       where they begin; buildups: [start, end]
  phrases     where they begin: every eight bars, and anew where the sound changes
  sections    [start, name] where they begin; each lasts until the next, the last to the end
              names: intro, groove, break, build, drop, outro, silence`;

export function command(): Command {
  return newCommand("analyze", "Finds tempo, beats, phrases, sections, build-ups and drops in recordings", ["analyze set.flac", "analyze set.flac --picture set.svg", "analyze --json *.mp3 > beats.ndjson"])
    .argument("<file...>", "recordings: wav, mp3, flac, ogg, opus, aiff, m4a or aac")
    .option("--json", "one JSON line per file: {file, duration, bpm, beats, downbeats, metre, onsets, drops, buildups, phrases, sections, confidence, tempo_track}")
    .option("--picture <svg>", "draws level, bass, sections, phrases, bars, beats and tempo into this new file, an SVG; for one recording")
    .addHelpText("after", meanings)
    .action(analyze);
}

interface Options {
  json?: boolean;
  picture?: string;
}

async function analyze(files: string[], { json = false, picture }: Options): Promise<void> {
  if (picture !== undefined && files.length > 1) throw new CliError("--picture draws one recording; give one file", { exitCode: exitCodes.usage });
  if (picture !== undefined) await checkPicture(picture);
  const { analyzeFile } = await import("@vj/audio-analyzer");
  const signal = interrupted();
  const progress = createProgress();
  for (const [index, file] of files.entries()) {
    const name = files.length === 1 ? file : `${index + 1}/${files.length} ${file}`;
    try {
      progress.show(index / files.length, name);
      const onProgress = (done: number, seconds: number): void => progress.show((index + done) / files.length, `${name}, ${shortClock(seconds)}`);
      const analysis = await analyzeFile(file, { signal, onProgress });
      // Before the picture: what was found is not lost when that cannot be written.
      progress.above(() => {
        if (json) printJson(resultOf(file, analysis));
        else printSummary(file, summarize(analysis));
      });
      if (picture === undefined) continue;
      await writeNewFile(picture, Buffer.from(analysisPicture(basename(file), analysis)), elsewhere, { mode: pictureMode });
      progress.above(() => printError(`picture written to ${picture}`));
    } catch (error) {
      if (hasReaderLeft()) break;
      if (signal.aborted && !(error instanceof CliError)) {
        progress.above(() => printError(`interrupted; ${counted(files.length - index, "file")} not analysed`));
        process.exitCode = interruptedCode;
        break;
      }
      // Continue: the other files are still worth analysing.
      progress.above(() => printFault(error));
      process.exitCode = exitCodes.failed;
    }
  }
  progress.end();
}

/** Refuses what is not the name of a picture, or a place where none can be written, before anything is done. @throws CliError */
async function checkPicture(picture: string): Promise<void> {
  if (picture === "-") throw new CliError("--picture writes a file, not standard output", { hint: "give the name of a new file, such as set.svg", exitCode: exitCodes.usage });
  if (/[^/\\]$/.test(picture) && !/\.svg$/i.test(picture)) {
    const named = `${picture.replace(/(?<=[^/\\])\.[^./\\]*$/, "")}.svg`;
    throw new CliError(`${picture} does not end in .svg`, { hint: `the picture is an SVG: give ${named}, and another program turns it into PNG`, exitCode: exitCodes.usage });
  }
  await checkNewFile(picture, elsewhere);
}

function printSummary(file: string, [facts = "", sections]: readonly string[]): void {
  printLine(`${file}: ${facts}`);
  if (sections !== undefined) printLine(`  ${sections}`);
}

function printFault(error: unknown): void {
  printError(`vj: ${messageOf(error)}`);
  if (error instanceof CliError && error.hint !== undefined) printError(`  ${error.hint}`);
}
