import { homedir } from "node:os";
import path from "node:path";
import type { LyricsQuery } from "../song.ts";
import type { StoredSong } from "../song-store.ts";
import { isSettled } from "./choose.ts";
import type { FolderFile } from "./lyrics-folder.ts";
import { LyricsFolder } from "./lyrics-folder.ts";
import { readLyricsFile } from "./lyrics-file.ts";
import type { Candidate, LyricsSource } from "./lyrics-source.ts";
import { foldTitle, sharesArtist } from "../song-names.ts";

const name = "folder";

/** Own files of the user as a source: `.lrc`, `.ttml`, `.srt`, `.vtt`, `.ass` and `.ssa` in a folder, by their names and their tags. Only what has time stamps counts. */
export class OwnFiles implements LyricsSource {
  readonly name = name;
  readonly #dir: () => string;
  readonly #folder = new LyricsFolder();
  #matched: readonly FolderFile[] = [];
  #problem: string | null = null;
  /** One look after the other. */
  #refreshed = Promise.resolve();

  /** @param dir read anew each time, so that a changed setting counts; empty: own files are not used */
  constructor(dir: () => string) {
    this.#dir = dir;
  }

  /** Why the folder could not be read the last time; null when it could, or there is none. */
  get problem(): string | null {
    return this.#problem;
  }

  async find(query: LyricsQuery): Promise<Candidate[]> {
    const dir = this.#dir();
    await this.refresh();
    if (dir === "") return [];
    this.#matched = (await this.#folder.withTitle(dir, query.title)).filter((file) => isOf(file, query));
    const found = await Promise.all(this.#matched.slice(0, 50).map((file) => read(dir, file, query)));
    return found.filter((candidate) => candidate !== undefined).filter(isSettled);
  }

  /** Every file that can be shown, as a song by its tags, else by its name, in the order of their paths. A large folder takes seconds. */
  async list(): Promise<StoredSong[]> {
    const dir = this.#dir();
    await this.refresh();
    const songs: StoredSong[] = [];
    for (const file of dir === "" ? [] : this.#folder.all()) {
      const [song] = file.songs;
      const found = song === undefined ? undefined : await read(dir, file, song);
      if (song !== undefined && found !== undefined && isSettled(found)) songs.push({ ...song, lyrics: found.lyrics, source: name, id: found.id, picked: false, fetched_at: file.changedMs });
    }
    return songs;
  }

  /** Looks what there is. The first look at a large folder takes seconds, so it is worth having before the first song. Never rejects. */
  refresh(): Promise<void> {
    this.#refreshed = this.#refreshed.then(async () => {
      const dir = this.#dir();
      const fault = dir === "" ? undefined : await this.#folder.refresh(dir);
      this.#problem = fault === undefined ? null : `cannot read lyrics_dir: ${fault}`;
    });
    return this.#refreshed;
  }

  /** Whether something in the folder came, went or changed since the last song was looked for, so that it may be worth looking again. */
  async hasChanged(): Promise<boolean> {
    const dir = this.#dir();
    return dir !== "" && this.#folder.hasChanged(dir, this.#matched);
  }
}

/** The folder that a person wrote, with `~` for the home folder. */
export function expandHome(dir: string): string {
  return dir === "~" || dir.startsWith("~/") ? path.join(homedir(), dir.slice(1)) : dir;
}

/** Tags say more than names: where there are both, only what the tags say counts. */
function isOf({ songs, tags }: FolderFile, query: LyricsQuery): boolean {
  if (tags.artist !== "" && !sharesArtist(tags.artist, query.artist)) return false;
  const wanted = foldTitle(query.title);
  return songs.some(({ artist, title }) => foldTitle(title) === wanted && sharesArtist(artist, query.artist));
}

async function read(dir: string, { file, tags, songs }: FolderFile, query: LyricsQuery): Promise<Candidate | undefined> {
  try {
    const text = await readLyricsFile(path.join(dir, file));
    const lyrics = { synced: tags.instrumental ? null : text, plain: null, instrumental: tags.instrumental };
    const title = songs.find((song) => foldTitle(song.title) === foldTitle(query.title))?.title ?? query.title;
    return { id: `${name}:${file}`, source: name, artist: query.artist, title, album: "", duration: tags.duration, lyrics, exact: true };
  } catch {
    // It went away meanwhile, or is not a plain file.
    return undefined;
  }
}
