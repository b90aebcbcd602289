import { opendir, stat } from "node:fs/promises";
import path from "node:path";
import type { TrackName } from "@vj/playback";
import { readTags, songsOfPath } from "./folder-names.ts";
import type { Tags } from "./folder-names.ts";
import { readLyricsFile } from "./lyrics-file.ts";
import { foldTitle } from "./song-names.ts";

/** A file of lyrics in the folder. */
export interface FolderFile {
  /** Below the folder. */
  readonly file: string;
  readonly tags: Tags;
  /** The songs that it may be of. */
  readonly songs: readonly TrackName[];
}

/** A folder of somebody's whole disk is not read to its end. */
const most = { depth: 8, folders: 5000, files: 20_000 };
const headBytes = 4096;
/** A change that is this young may be followed by another with the same time, ms. */
const youngMs = 2000;

interface Known extends FolderFile {
  readonly changed: string;
}

/** The files `.lrc` and `.ttml` in a folder and those below it, found by title. What has not changed is not read again. */
export class LyricsFolder {
  #known = new Map<string, Known>();
  #byTitle = new Map<string, FolderFile[]>();
  #seen = "";
  #readAt = 0;

  /**
   * Looks what has changed. Links to folders are not followed; what cannot be read is left out.
   * @returns why the folder itself cannot be read; undefined when it can
   */
  async refresh(dir: string): Promise<string | undefined> {
    const known = new Map<string, Known>();
    const seen: string[] = [];
    const folders = [{ below: "", depth: 0 }];
    for (const { below, depth } of folders) {
      const listed = await list(path.join(dir, below));
      if (typeof listed === "string") {
        if (below === "") {
          this.#forget();
          return listed;
        }
        continue;
      }
      seen.push(`${below}:${listed.changedMs}`);
      for (const name of listed.folders) if (depth < most.depth && folders.length < most.folders) folders.push({ below: path.join(below, name), depth: depth + 1 });
      for (const name of listed.files) {
        if (known.size >= most.files) break;
        const file = await this.#look(dir, path.join(below, name));
        if (file !== undefined) known.set(file.file, file);
      }
    }
    this.#known = known;
    this.#byTitle = byTitle(known.values());
    this.#seen = seen.join("\n");
    this.#readAt = Date.now();
    return undefined;
  }

  /** The files that may be of a song with this title. */
  withTitle(title: string): readonly FolderFile[] {
    return this.#byTitle.get(foldTitle(title)) ?? [];
  }

  /** Whether a file or folder came, went or changed since it was last read. */
  async hasChanged(dir: string, files: readonly FolderFile[]): Promise<boolean> {
    if (this.#seen === "") return (await stat(dir).catch(() => undefined)) !== undefined;
    for (const { file } of files) if ((await changeOf(path.join(dir, file))) !== this.#known.get(file)?.changed) return true;
    for (const line of this.#seen.split("\n")) {
      const at = line.lastIndexOf(":");
      const changedMs = (await stat(path.join(dir, line.slice(0, at))).catch(() => undefined))?.mtimeMs;
      if (changedMs !== Number(line.slice(at + 1)) || this.#readAt - changedMs < youngMs) return true;
    }
    return false;
  }

  #forget(): void {
    this.#known = new Map();
    this.#byTitle = new Map();
    this.#seen = "";
  }

  async #look(dir: string, file: string): Promise<Known | undefined> {
    const changed = await changeOf(path.join(dir, file));
    const before = this.#known.get(file);
    if (before !== undefined && before.changed === changed) return before;
    try {
      const tags = readTags(await readLyricsFile(path.join(dir, file), headBytes));
      const tagged = tags.artist === "" || tags.title === "" ? [] : [{ artist: tags.artist, title: tags.title }];
      return { file, tags, changed, songs: [...tagged, ...songsOfPath(file)] };
    } catch {
      // A FIFO, a device, somebody else's secret: not lyrics.
      return undefined;
    }
  }
}

function byTitle(files: Iterable<FolderFile>): Map<string, FolderFile[]> {
  const found = new Map<string, FolderFile[]>();
  for (const file of files) {
    for (const title of new Set(file.songs.map((song) => foldTitle(song.title)))) found.set(title, [...(found.get(title) ?? []), file]);
  }
  return found;
}

async function list(dir: string): Promise<{ changedMs: number; folders: string[]; files: string[] } | string> {
  const [folders, files]: [string[], string[]] = [[], []];
  try {
    const { mtimeMs } = await stat(dir);
    for await (const entry of await opendir(dir)) {
      if (entry.isDirectory() && !entry.name.startsWith(".")) folders.push(entry.name);
      else if (/\.(?:lrc|ttml)$/i.test(entry.name)) files.push(entry.name);
      if (folders.length + files.length >= most.files) break;
    }
    return { changedMs: mtimeMs, folders: folders.toSorted(), files: files.toSorted() };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function changeOf(file: string): Promise<string> {
  const stats = await stat(file).catch(() => undefined);
  return stats === undefined ? "" : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
