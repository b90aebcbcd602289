import { forgetDump, importDump } from "@vj/lyrics-fetcher";
import { messageOf } from "@vj/schema";
import { readEnvironment } from "@vj/worker";
import { CliError, exitCodes } from "../cli-error.ts";
import { printError, printJson, printLine } from "../output.ts";
import { interrupted } from "../signals.ts";

/** `vj lyrics import`: works without a running rig; a running one uses the dump from the next song on. */
export async function importLyrics(dump: string | undefined, { forget = false, json = false }: { forget?: boolean; json?: boolean }): Promise<void> {
  if (forget === (dump !== undefined)) throw new CliError("name the dump, or --forget the one in use", { hint: "vj lyrics import lrclib-db-dump.sqlite3", exitCode: exitCodes.usage });
  const { dataDir } = readEnvironment();
  if (dump === undefined) return printLine(forgetDump(dataDir) ? "forgotten; the dump itself stays as it is" : "no dump was in use");
  const progress = progressLine();
  try {
    const { songs, complete } = await importDump(dataDir, dump, { signal: interrupted(), onProgress: progress.show });
    progress.end();
    if (json) printJson({ songs, complete });
    else printLine(complete ? `${songs} songs of ${dump} can be found now, without a network too` : `interrupted after ${songs} songs; the same command goes on from there`);
    if (!complete) process.exitCode = exitCodes.failed;
  } catch (error) {
    progress.end();
    throw new CliError(messageOf(error), { cause: error });
  }
}

/** Progress on standard error: one line that changes in a terminal, else a line every tenth. */
function progressLine(): { show(done: number, songs: number): void; end(): void } {
  let tenth = 0;
  let drawn = false;
  return {
    show(done, songs) {
      const text = `${Math.floor(done * 100)} %, ${songs} songs`;
      if (process.stderr.isTTY) {
        drawn = true;
        process.stderr.write(`\r${text} `);
      } else if (Math.floor(done * 10) > tenth) {
        tenth = Math.floor(done * 10);
        printError(text);
      }
    },
    end() {
      if (drawn) process.stderr.write("\n");
    },
  };
}
