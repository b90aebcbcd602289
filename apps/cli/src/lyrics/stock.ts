import path from "node:path";
import { expandHome, lyricsConfig, OwnFiles, songStore } from "@vj/lyrics-fetcher";
import type { Stock, StoredSong } from "@vj/lyrics-fetcher";
import { loadConfig, readEnvironment } from "@vj/worker";
import { worker } from "./worker.ts";

/** The stock, and the folder of own files; empty: none. */
export interface OpenStock extends Stock {
  readonly folder: string;
}

/** The lyrics on this machine, also while the worker does not run. */
export function openStock(): OpenStock {
  const { configDir, dataDir } = readEnvironment();
  const { lyrics_dir } = lyricsConfig.parse(loadConfig(path.join(configDir, `${worker}.json`), lyricsConfig).stored);
  return { store: songStore(dataDir), own: new OwnFiles(() => expandHome(lyrics_dir)), folder: expandHome(lyrics_dir) };
}

/** The file of a song's lyrics; undefined when they are not an own file. */
export function ownFilePath(song: StoredSong | undefined, { folder }: OpenStock): string | undefined {
  const prefix = "folder:";
  return song?.id.startsWith(prefix) === true ? path.join(folder, song.id.slice(prefix.length)) : undefined;
}
