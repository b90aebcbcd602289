import type { CurrentSong } from "./current-song.ts";
import { choose } from "./sources/choose.ts";
import type { OwnFiles } from "./sources/own-files.ts";

export interface WatchOwnFilesOptions {
  readonly files: OwnFiles;
  readonly current: CurrentSong;
  /** Ends the watching. */
  readonly signal: AbortSignal;
  /** Milliseconds; default 3 s. */
  readonly everyMs?: number;
}

/** Shows the song that plays anew when a file of its own comes, changes or goes. Looks again and again: disks of others report nothing. */
export function watchOwnFiles({ files, current, signal, everyMs = 3000 }: WatchOwnFilesOptions): void {
  let looking = true;
  void files.refresh().finally(() => (looking = false));
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look(files, current).finally(() => (looking = false));
  }, everyMs);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

async function look(files: OwnFiles, current: CurrentSong): Promise<void> {
  const { track, origin, lyrics } = current.song;
  const searching = origin === null && !current.answered;
  if (track === undefined || searching || !(await files.hasChanged())) return;
  const best = choose(track, await files.find(track));
  const shown = origin === files.name ? lyrics : undefined;
  const same = best?.lyrics.synced === shown?.synced && best?.lyrics.instrumental === shown?.instrumental;
  if (!same && current.song.track === track) await current.load(track);
}
