import { inStock, meaningStore, questionAbout } from "@vj/lyrics-fetcher";
import { counted } from "@vj/schema";
import { readEnvironment } from "@vj/worker";
import { CliError, exitCodes } from "../cli-error.ts";
import { printLine } from "../output.ts";
import { songOfWords } from "./song-words.ts";
import type { SongName } from "./song-words.ts";
import { openStock, ownFilePath } from "./stock.ts";

/** `vj lyrics clear`: works without a running rig; a running one looks the songs up again when they play. */
export async function clearLyrics(words: string[], { all = false }: { all?: boolean }): Promise<void> {
  const song = songOfWords(words);
  if (all === (song !== undefined)) throw new CliError("name one song, or give --all", { hint: "vj lyrics clear 'Daft Punk' 'Around the World'", exitCode: exitCodes.usage });
  if (song !== undefined) return clearOne(song);
  const moods = meaningStore(readEnvironment().dataDir).clear();
  printLine(`forgotten: the lyrics of ${counted(openStock().store.clear(), "song")}, and ${counted(moods, "mood")} by a language model; your own files stay`);
}

async function clearOne(song: SongName): Promise<void> {
  const stock = openStock();
  const name = `${song.artist} - ${song.title}`;
  const known = await inStock(song, stock);
  const moods = meaningStore(readEnvironment().dataDir).forget(questionAbout(song, known?.lyrics ?? null));
  const lyrics = stock.store.remove(song);
  // A pick counts before a file of your own; with the pick forgotten, the file is next.
  const file = ownFilePath(await inStock(song, stock), stock);
  if (lyrics || moods > 0) printLine(`forgotten: ${name} (${[lyrics ? "lyrics" : "", moods > 0 ? "mood" : ""].filter((part) => part !== "").join(" and ")})`);
  if (file !== undefined) {
    const own = `${name} has lyrics in your own file ${file}, which stays`;
    if (lyrics || moods > 0) return printLine(own);
    throw new CliError(own, { hint: "move or delete that file yourself" });
  }
  if (!lyrics && moods === 0) throw new CliError(`nothing is kept of ${name}`, { hint: "see what is kept with: vj lyrics list" });
}
