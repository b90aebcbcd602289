import { normalizeLine } from "./refrain.ts";
import type { LyricsQuery } from "./song.ts";
import type { SongName, SongStore, StoredSong } from "./song-store.ts";
import { choose } from "./sources/choose.ts";
import type { OwnFiles } from "./sources/own-files.ts";

/** The lyrics on this machine: what was found or picked before, and the user's own files. */
export interface Stock {
  readonly store: SongStore;
  readonly own: OwnFiles;
}

/** What is there of a song, in the order in which it is taken when the song plays: picked, own file, found before; undefined: nothing. */
export async function inStock(song: LyricsQuery, { store, own }: Stock): Promise<StoredSong | undefined> {
  const stored = store.get(song);
  if (stored?.picked === true) return stored;
  const mine = choose(song, await own.find(song));
  if (mine === undefined) return stored;
  const { artist, title } = song;
  return { artist, title, fetched_at: Date.now(), lyrics: mine.lyrics, source: mine.source, id: mine.id, picked: false };
}

/** Every song that is there, by its name; one that was found before is left out where an own file counts instead. */
export async function listStock({ store, own }: Stock): Promise<StoredSong[]> {
  const mine = await own.list();
  const hidden = new Set(mine.map(keyOf));
  const stored = store.list().filter((song) => song.picked || !hidden.has(keyOf(song)));
  return [...mine, ...stored].toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
}

function keyOf(song: SongName): string {
  return normalizeLine(nameOf(song));
}

function nameOf({ artist, title }: SongName): string {
  return `${artist} - ${title}`;
}
