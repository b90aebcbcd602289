import { packageVersion } from "@vj/worker";
import { Choices } from "./choices.ts";
import type { LyricsConfig } from "./config.ts";
import { songStore } from "./song-store.ts";
import type { SongStore } from "./song-store.ts";
import { fetchLyrics } from "./steps/fetch-lyrics.ts";
import type { Step } from "./steps/step.ts";
import { DumpSource } from "./sources/dump.ts";
import { lrclib } from "./sources/lrclib.ts";
import { LyricsService } from "./sources/lyrics-service.ts";
import { expandHome, OwnFiles } from "./sources/own-files.ts";
import { unison } from "./sources/unison.ts";

export interface LyricsSourcesOptions {
  /** The settings in force. */
  readonly config: () => LyricsConfig;
  readonly dataDir: string;
  onProblem(problem: string): void;
}

/** Where lyrics come from, and what was found. */
export interface LyricsSources {
  readonly ownFiles: OwnFiles;
  readonly dump: DumpSource;
  readonly store: SongStore;
  readonly choices: Choices;
  /** The step that looks in all of them. */
  readonly fetching: Step;
}

/** What LRCLIB asks its users to send. */
const userAgent = `vj-bus/${packageVersion(import.meta.url)} (https://github.com/vj-bus/vj-bus)`;

/** Every source, in the order in which they are asked. */
export function openSources({ config, dataDir, onProblem }: LyricsSourcesOptions): LyricsSources {
  const service = (name: string, url: () => string): LyricsService =>
    new LyricsService(name, () => ({ url: url(), timeoutMs: config().lrclib_timeout_sec * 1000, userAgent }));
  const store = songStore(dataDir);
  const ownFiles = new OwnFiles(() => expandHome(config().lyrics_dir));
  const dump = new DumpSource(dataDir);
  const sources = [dump, lrclib(service("lrclib", () => config().lrclib_url)), unison(service("unison", () => config().unison_url))];
  return {
    ownFiles,
    dump,
    store,
    choices: new Choices([ownFiles, ...sources], store),
    fetching: fetchLyrics({ own: [ownFiles], sources, store, onProblem }),
  };
}
