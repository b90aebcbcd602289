import { messageOf } from "@vj/schema";
import { climb } from "../ladder.ts";
import type { SongStore } from "../song-store.ts";
import type { LyricsSource } from "../sources/lyrics-source.ts";
import type { Step } from "./step.ts";

export interface FetchLyricsOptions {
  /** Asked in this order. */
  readonly sources: readonly LyricsSource[];
  /** Where new answers are kept. */
  readonly store: SongStore;
  /** The answer could not be stored. */
  readonly onProblem: (problem: string) => void;
}

/** Finds the lyrics of a song, and stores them when they are new. */
export function fetchLyrics({ sources, store, onProblem }: FetchLyricsOptions): Step {
  return {
    name: "fetch_lyrics",
    async run(song, signal) {
      if (song.track === undefined) return undefined;
      const found = await climb(sources, song.track, signal);
      if (found === undefined) return song;
      const { answer: lyrics, from: origin } = found;
      if (origin !== "cache") await store.put(song.track, lyrics, Date.now()).catch((error: unknown) => onProblem(messageOf(error)));
      return { ...song, lyrics, origin };
    },
  };
}
