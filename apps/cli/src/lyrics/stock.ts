import path from "node:path";
import { expandHome, lyricsConfig, OwnFiles, songStore } from "@vj/lyrics-fetcher";
import type { Stock } from "@vj/lyrics-fetcher";
import { loadConfig, readEnvironment } from "@vj/worker";
import { worker } from "./worker.ts";

/** The lyrics on this machine, also while the worker does not run. */
export function openStock(): Stock {
  const { configDir, dataDir } = readEnvironment();
  const { lyrics_dir } = lyricsConfig.parse(loadConfig(path.join(configDir, `${worker}.json`), lyricsConfig).stored);
  return { store: songStore(dataDir), own: new OwnFiles(() => expandHome(lyrics_dir)) };
}
