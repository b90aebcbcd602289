import { existsSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { replaceFile } from "@vj/files";
import { messageOf } from "@vj/schema";
import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";
import type { CurrentSong } from "../current-song.ts";
import { parseLyrics } from "../parse-lyrics.ts";
import type { SongStore } from "../song-store.ts";

export interface SaveLyricsOptions {
  readonly current: CurrentSong;
  readonly store: SongStore;
  /** The folder of own files; empty when there is none. */
  folder(): string;
}

const name = z.string().trim().min(1).max(300);
/** A name must be short enough for every file system, bytes. */
const longestName = 200;

/** The command `save_lyrics`: keeps lyrics that a person made, as a file in `lyrics_dir`, without one in the store; they count before all others. */
export function saveLyricsCommand({ current, store, folder }: SaveLyricsOptions): CommandTable {
  return {
    save_lyrics: defineCommand({
      description: "Keeps lyrics with times that you made (LRC), and shows them; they count before all others",
      args: z.object({ artist: name, title: name, lrc: z.string().min(1).max(500_000) }),
      run: async ({ artist, title, lrc }) => {
        if (parseLyrics(lrc).length === 0) return failed("these lyrics hold no line with a time", "refused");
        try {
          const dir = folder();
          const file = dir === "" ? undefined : writeFile(dir, { artist, title }, lrc);
          // What was picked before would win over the file.
          if (file !== undefined && store.get({ artist, title })?.picked === true) store.remove({ artist, title });
          if (file === undefined) await store.put({ artist, title, fetched_at: Date.now(), lyrics: { synced: lrc, plain: null, instrumental: false }, source: "tap", id: "tap", picked: true });
          const { track } = current;
          if (track?.artist === artist && track.title === title) void current.load(track, true);
          return ok(file === undefined ? "kept" : `kept in ${file}`, { file: file ?? null });
        } catch (error) {
          return failed(`the lyrics cannot be kept: ${messageOf(error)}`, "failed");
        }
      },
    }),
  };
}

/** What was there before stays beside it. @returns the file */
function writeFile(dir: string, { artist, title }: { artist: string; title: string }, lrc: string): string {
  if (!statSync(dir).isDirectory()) throw new Error(`${dir} is not a folder`);
  const file = path.join(dir, `${fileName(`${artist} - ${title}`)}.lrc`);
  if (existsSync(file)) renameSync(file, `${file}.before`);
  replaceFile(file, lrc);
  return file;
}

/** Without what file systems refuse, and never hidden. */
function fileName(names: string): string {
  const safe = names.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, "_").replace(/^\.+/, "_");
  let kept = "";
  for (const character of safe) {
    if (Buffer.byteLength(kept + character) > longestName) break;
    kept += character;
  }
  return kept.trim();
}
