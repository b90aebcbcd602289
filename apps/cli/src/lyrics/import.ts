import { forgetDump, importDump } from "@vj/lyrics-fetcher";
import { messageOf } from "@vj/schema";
import { createProgress, interrupted, interruptedCode } from "@vj/terminal";
import { readEnvironment } from "@vj/worker";
import { CliError, exitCodes } from "../cli-error.ts";
import { printJson, printLine } from "../output.ts";

/** `vj lyrics import`: works without a running rig; a running one uses the dump from the next song on. */
export async function importLyrics(dump: string | undefined, { forget = false, json = false }: { forget?: boolean; json?: boolean }): Promise<void> {
  if (forget === (dump !== undefined)) throw new CliError("name the dump, or --forget the one in use", { hint: "vj lyrics import lrclib-db-dump.sqlite3", exitCode: exitCodes.usage });
  const { dataDir } = readEnvironment();
  if (dump === undefined) return printLine(forgetDump(dataDir) ? "forgotten; the dump itself stays as it is" : "no dump was in use");
  const progress = createProgress();
  try {
    const { songs, complete } = await importDump(dataDir, dump, { signal: interrupted(), onProgress: (done, songs) => progress.show(done, `${songs} songs`) });
    progress.end();
    if (json) printJson({ songs, complete });
    else printLine(complete ? `${songs} songs of ${dump} can be found now, without a network too` : `interrupted after ${songs} songs; the same command goes on from there`);
    if (!complete) process.exitCode = interruptedCode;
  } catch (error) {
    progress.end();
    throw new CliError(messageOf(error), { cause: error });
  }
}
