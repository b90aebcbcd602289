import { songStore } from "@vj/lyrics-fetcher";
import { readEnvironment } from "@vj/worker";
import { CliError, exitCodes } from "../cli-error.ts";
import { printLine } from "../output.ts";
import { songOfWords } from "./song-words.ts";

/** `vj lyrics clear`: works without a running rig; a running one looks the songs up again when they play. */
export function clearLyrics(words: string[], { all = false }: { all?: boolean }): void {
  const song = songOfWords(words);
  if (all === (song !== undefined)) throw new CliError("say what to forget: one song, or --all", { hint: "vj lyrics clear 'Daft Punk' 'Around the World'", exitCode: exitCodes.usage });
  const store = songStore(readEnvironment().dataDir);
  if (song === undefined) return printLine(`forgotten: ${store.clear()} songs`);
  const name = `${song.artist} - ${song.title}`;
  if (!store.remove(song)) throw new CliError(`nothing is kept of ${name}`, { hint: "see what is kept with: vj lyrics list" });
  printLine(`forgotten: ${name}`);
}
