import { opendir, stat } from "node:fs/promises";
import path from "node:path";
import type { TrackName } from "@vj/playback";
import { readTags, songsOfPath } from "./folder-names.ts";
import type { Tags } from "./folder-names.ts";
import { readLyricsFile } from "./lyrics-file.ts";
import { foldTitle } from "../song-names.ts";

/** A file of lyrics in the folder. */
export interface FolderFile {
  /** Below the folder. */
  readonly file: string;
  readonly tags: Tags;
  /** The songs that it may be of. */
  readonly songs: readonly TrackName[];
  /** Their titles as they are compared, each once. */
  readonly titles: readonly string[];
  /** Another text when the file has changed. */
  readonly changed: string;
  /** Epoch ms. */
  readonly changedMs: number;
}

/** One folder as it was read last. */
interface Listed {
  readonly changedMs: number;
  /** Epoch ms. */
  readonly readAt: number;
  /** Names, below this one. */
  readonly folders: readonly string[];
  readonly files: ReadonlyMap<string, FolderFile>;
}

/** A folder of somebody's whole disk is not read to its end. */
const most = { depth: 8, folders: 5000, files: 20_000 };
const headBytes = 4096;
/** A change that is this young may be followed by another with the same time, ms. */
const youngMs = 2000;

/** The files `.lrc`, `.ttml`, `.srt`, `.vtt`, `.ass` and `.ssa` in a folder and those below it, found by title. A folder that has not changed is not read again. */
export class LyricsFolder {
  #listed = new Map<string, Listed>();
  #byTitle = new Map<string, FolderFile[]>();

  /**
   * Looks what has come and gone. Links to folders are not followed; what cannot be read is left out.
   * @returns why the folder itself cannot be read; undefined when it can
   */
  async refresh(dir: string): Promise<string | undefined> {
    const listed = new Map<string, Listed>();
    const queue = [{ below: "", depth: 0 }];
    let files = 0;
    let fault: string | undefined;
    for (const { below, depth } of queue) {
      try {
        const folder = await this.#list(dir, below, most.files - files);
        listed.set(below, folder);
        files += folder.files.size;
        if (depth < most.depth) for (const name of folder.folders.slice(0, most.folders - queue.length)) queue.push({ below: path.join(below, name), depth: depth + 1 });
      } catch (error) {
        if (below === "") fault = error instanceof Error ? error.message : String(error);
      }
    }
    this.#listed = listed;
    this.#byTitle = byTitle(this.all());
    return fault;
  }

  /** The files that may be of a song with this title, read anew where they have changed. */
  async withTitle(dir: string, title: string): Promise<FolderFile[]> {
    const found = this.#byTitle.get(foldTitle(title)) ?? [];
    const now = await Promise.all(found.map((file) => look(dir, file.file, file)));
    return now.filter((file) => file !== undefined);
  }

  /** Every file that was there at the last look. */
  all(): FolderFile[] {
    return [...this.#listed.values()].flatMap(({ files }) => [...files.values()]);
  }

  /** Whether a file or folder came, went or changed since it was last read. @param files those that matter, as {@link withTitle} gave them */
  async hasChanged(dir: string, files: readonly FolderFile[]): Promise<boolean> {
    if (this.#listed.size === 0) return (await changeOf(dir)) !== "";
    for (const { file, changed } of files) if ((await changeOf(path.join(dir, file))) !== changed) return true;
    for (const [below, folder] of this.#listed) {
      const stats = await stat(path.join(dir, below)).catch(() => undefined);
      if (stats === undefined || !isAsRead(folder, stats.mtimeMs)) return true;
    }
    return false;
  }

  async #list(dir: string, below: string, room: number): Promise<Listed> {
    const whole = path.join(dir, below);
    const { mtimeMs } = await stat(whole);
    const before = this.#listed.get(below);
    if (before !== undefined && isAsRead(before, mtimeMs)) return before;
    const readAt = Date.now();
    const { folders, names } = await namesIn(whole);
    const files = new Map<string, FolderFile>();
    for (const name of names.slice(0, room)) {
      const file = await look(dir, path.join(below, name), before?.files.get(name));
      if (file !== undefined) files.set(name, file);
    }
    return { changedMs: mtimeMs, readAt, folders, files };
  }
}

function isAsRead({ changedMs, readAt }: Listed, nowMs: number): boolean {
  return nowMs === changedMs && readAt - changedMs > youngMs;
}

async function namesIn(dir: string): Promise<{ folders: string[]; names: string[] }> {
  const [folders, names]: [string[], string[]] = [[], []];
  for await (const entry of await opendir(dir)) {
    if (entry.isDirectory() && !entry.name.startsWith(".")) folders.push(entry.name);
    else if (/\.(?:lrc|ttml|srt|vtt|ass|ssa)$/i.test(entry.name)) names.push(entry.name);
    if (folders.length + names.length >= most.files) break;
  }
  return { folders: folders.toSorted(), names: names.toSorted() };
}

/** Reads the beginning of a file, unless it is as it was before. */
async function look(dir: string, file: string, before: FolderFile | undefined): Promise<FolderFile | undefined> {
  const changed = await changeOf(path.join(dir, file));
  if (before?.changed === changed) return before;
  try {
    const tags = readTags(await readLyricsFile(path.join(dir, file), headBytes));
    const tagged = tags.artist === "" || tags.title === "" ? [] : [{ artist: tags.artist, title: tags.title }];
    const songs = [...tagged, ...songsOfPath(file)];
    return { file, tags, songs, titles: [...new Set(songs.map(({ title }) => foldTitle(title)))], changed, changedMs: parseFloat(changed) };
  } catch {
    // A FIFO, a device, somebody else's secret: not lyrics.
    return undefined;
  }
}

function byTitle(files: readonly FolderFile[]): Map<string, FolderFile[]> {
  const found = new Map<string, FolderFile[]>();
  for (const file of files) {
    for (const title of file.titles) {
      const others = found.get(title);
      if (others === undefined) found.set(title, [file]);
      else others.push(file);
    }
  }
  return found;
}

/** Empty when there is nothing. */
async function changeOf(file: string): Promise<string> {
  const stats = await stat(file).catch(() => undefined);
  return stats === undefined ? "" : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
