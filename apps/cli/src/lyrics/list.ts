import { listStock, summaryOf } from "@vj/lyrics-fetcher";
import type { StoredSummary } from "@vj/lyrics-fetcher";
import { printJson, printLine, printTable } from "../output.ts";
import { cellOf } from "../table.ts";
import { openStock } from "./stock.ts";

/** `vj lyrics list`: works without a running rig. */
export async function listLyrics({ json = false }: { json?: boolean }): Promise<void> {
  const songs = (await listStock(openStock())).map(summaryOf);
  if (json) return printJson(songs);
  if (songs.length === 0) return printLine("no lyrics are kept yet; they are when songs play, or by: vj send lyrics_fetcher fetch_lyrics artist=… title=…");
  const rows = songs.map((song) => [cellOf(song.artist), cellOf(song.title), timingOf(song), cellOf(song.source === "folder" ? song.id : song.source, 60), song.fetched_at.slice(0, 10), song.picked ? "picked" : ""]);
  printTable(["ARTIST", "TITLE", "LYRICS", "FROM", "ON", ""], rows);
}

function timingOf({ found, instrumental, timing, lines }: StoredSummary): string {
  if (!found) return "none";
  if (instrumental) return "instrumental";
  return timing === "none" ? "text without times" : `${lines} lines, timed by ${timing}`;
}
