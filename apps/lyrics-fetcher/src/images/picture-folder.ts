import { createHash } from "node:crypto";
import { opendir } from "node:fs/promises";
import path from "node:path";
import { systemErrorCode } from "@vj/files";
import { searchName } from "@vj/playback";
import type { TrackName } from "@vj/playback";
import { messageOf } from "@vj/schema";
import { normalizeLine } from "../refrain.ts";
import { isPicture } from "./picture-kind.ts";

/** A folder of somebody's whole disk is not read to its end. */
const most = { depth: 3, folders: 500, pictures: 5000 };
/** A path must fit into one datagram, bytes. */
const longestPath = 1000;
/** `Song 2.png` and `Song (3).png` are further pictures of `Song`. */
const number = /[\s_-]*(?:\d{1,3}|\(\d{1,3}\))$/;

interface Picture {
  readonly file: string;
  /** Names of songs or moods that it may show: its own name and those of its folders, in the form in which lines of a refrain are compared. */
  readonly names: readonly string[];
}

/**
 * Prepared pictures, found by their names or by the folder that they are in: `Artist - Title`, or `Title` in a folder `Artist`; a mood
 * (`calm`); `default`. Several of one name take turns by song: a song always has the same.
 */
export class PictureFolder {
  readonly #dir: () => string;
  #problem: string | null = null;

  /** @param dir read anew for each song; empty when there are no pictures */
  constructor(dir: () => string) {
    this.#dir = dir;
  }

  /** Whether there is a folder to look into. */
  get isSet(): boolean {
    return this.#dir() !== "";
  }

  /** Why the folder could not be read the last time; null when it could. */
  get problem(): string | null {
    return this.isSet ? this.#problem : null;
  }

  /** The picture of a song, absolute; undefined when there is none. */
  async ofSong(song: TrackName): Promise<string | undefined> {
    const cleaned = searchName(song);
    const names = [song, cleaned].flatMap(({ artist, title }) => [`${artist} ${title}`, `${title} ${artist}`]).map(fold);
    return this.#find(song, names);
  }

  /** A picture of a mood, else one that is named `default`. */
  async ofMood(mood: string | undefined, song: TrackName): Promise<string | undefined> {
    const ofMood = mood === undefined ? undefined : await this.#find(song, [mood]);
    return ofMood ?? this.#find(song, ["default"]);
  }

  async #find(song: TrackName, names: readonly string[]): Promise<string | undefined> {
    if (!this.isSet) return undefined;
    const matching = (await this.#list()).filter((picture) => picture.names.some((name) => names.includes(name)));
    const turn = createHash("sha256").update(`${song.artist} - ${song.title}`).digest().readUInt32BE();
    for (let index = 0; index < matching.length; index += 1) {
      const file = matching[(turn + index) % matching.length]?.file;
      if (file !== undefined && (await isPicture(file))) return file;
    }
    return undefined;
  }

  /** Read for each question: a picture may be put there during the show. */
  async #list(): Promise<Picture[]> {
    const root = path.resolve(this.#dir());
    const pictures: Picture[] = [];
    const folders: { dir: string; above: readonly string[] }[] = [{ dir: root, above: [] }];
    this.#problem = null;
    for (const { dir, above } of folders) {
      try {
        for await (const entry of await opendir(dir)) {
          const file = path.join(dir, entry.name);
          if (entry.name.startsWith(".") || Buffer.byteLength(file) > longestPath || pictures.length >= most.pictures) continue;
          if (entry.isDirectory() && above.length < most.depth && folders.length < most.folders) folders.push({ dir: file, above: [...above, entry.name] });
          else if (/\.(?:png|jpe?g|gif)$/i.test(entry.name)) pictures.push({ file, names: namesOf(path.parse(entry.name).name, above) });
        }
      } catch (error) {
        if (dir === root) this.#problem = `images_dir cannot be read: ${folderFault(error, root)}`;
      }
    }
    return pictures.toSorted((one, other) => one.file.localeCompare(other.file));
  }
}

/** Why a folder of pictures cannot be read, in words, with the next step. */
function folderFault(error: unknown, dir: string): string {
  switch (systemErrorCode(error)) {
    case "ENOENT":
      return `the folder ${dir} does not exist: make it, or set another`;
    case "ENOTDIR":
      return `${dir} is a file: set a folder`;
    case "EACCES":
      return `this user may not read ${dir}: allow it, or set another folder`;
    default:
      return messageOf(error);
  }
}

function namesOf(name: string, above: readonly string[]): string[] {
  const own = [name, name.replace(number, "")];
  const inFolder = above.slice(-1).flatMap((folder) => [folder, ...own.map((title) => `${folder} ${title}`)]);
  return [...new Set([...own, ...inFolder].map(fold))].filter((folded) => folded !== "");
}

function fold(name: string): string {
  return normalizeLine(name.replaceAll(/[-_–—]+/g, " "));
}
