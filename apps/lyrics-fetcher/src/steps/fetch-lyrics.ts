import { messageOf } from "@vj/schema";
import { findLyrics } from "../find-lyrics.ts";
import type { Search } from "../find-lyrics.ts";
import type { LyricsQuery, Song } from "../song.ts";
import { isFresh, isOfVersion } from "../song-store.ts";
import type { SongStore, StoredSong } from "../song-store.ts";
import type { LyricsSource } from "../sources/lyrics-source.ts";
import type { Step } from "./step.ts";

export interface FetchLyricsOptions {
  /** Files of the user's own: they count before what was found elsewhere. */
  readonly own: readonly LyricsSource[];
  /** Asked in this order for what is not stored. */
  readonly sources: readonly LyricsSource[];
  /** Where new answers are kept. */
  readonly store: SongStore;
  /** What a person should know, though it stops nothing. */
  readonly onProblem: (problem: string) => void;
}

/**
 * Finds the lyrics of a song: what a person picked, then own files, then what is stored, then the sources. A new answer is stored; that
 * there are none only when every source could be asked. Where they cannot, what is stored counts however old it is.
 */
export function fetchLyrics({ own, sources, store, onProblem }: FetchLyricsOptions): Step {
  return {
    name: "fetch_lyrics",
    async run(song, signal) {
      const { track, byHand } = song;
      if (track === undefined) return undefined;
      const stored = store.get(track);
      if (stored?.picked === true) return fromStore(song, stored);
      const asking = { signal, byHand, all: false };
      const mine = await findLyrics(own, track, asking);
      if (mine.candidate !== undefined) return { ...song, lyrics: mine.candidate.lyrics, origin: mine.candidate.source };
      if (stored !== undefined && isOfVersion(stored, track) && isFresh(stored, Date.now())) return fromStore(song, stored);
      const search = await findLyrics(sources, track, asking);
      const [fault] = search.faults;
      if (search.candidate === undefined && fault !== undefined) {
        if (stored === undefined || stored.lyrics === null) throw fault;
        return { ...fromStore(song, stored), fault: `${fault.message}; what was found on ${dateOf(stored)} is shown` };
      }
      await store.put(entryOf(track, search)).catch((error: unknown) => onProblem(messageOf(error)));
      return { ...song, lyrics: search.candidate?.lyrics ?? null, origin: search.candidate?.source ?? null, fault: fault?.message ?? null };
    },
  };
}

function fromStore(song: Song, { lyrics }: StoredSong): Song {
  return { ...song, lyrics, origin: "cache" };
}

function entryOf({ artist, title, duration = 0 }: LyricsQuery, { candidate }: Search): StoredSong {
  const seconds = candidate?.duration || duration;
  return { artist, title, ...(seconds > 0 ? { duration: seconds } : {}), fetched_at: Date.now(), lyrics: candidate?.lyrics ?? null, source: candidate?.source ?? "", id: candidate?.id ?? "", picked: false };
}

function dateOf({ fetched_at }: StoredSong): string {
  return new Date(fetched_at).toISOString().slice(0, 10);
}
