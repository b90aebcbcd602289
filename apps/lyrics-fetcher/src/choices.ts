import { findAll } from "./find-lyrics.ts";
import { parseLyrics, timingOf } from "./parse-lyrics.ts";
import type { Timing } from "./parse-lyrics.ts";
import type { LyricsQuery } from "./song.ts";
import type { SongStore } from "./song-store.ts";
import { rank } from "./sources/choose.ts";
import type { Candidate, LyricsSource } from "./sources/lyrics-source.ts";

/** A version of a song for a person to choose from. */
export interface Choice {
  /** Names it for `pick_lyrics`. */
  readonly id: string;
  readonly source: string;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  /** Seconds; 0: not known. */
  readonly duration: number;
  readonly timing: Timing;
  readonly instrumental: boolean;
  readonly lines: number;
  /** Whether it may be taken without asking: the names are alike and the duration fits. */
  readonly fits: boolean;
  /** Whether it was picked before. */
  readonly picked: boolean;
}

/** Most versions in a list: they must fit into one message and on one screen. */
const mostChoices = 30;

/** The versions of a song, and which of them a person picked. */
export class Choices {
  readonly #sources: readonly LyricsSource[];
  readonly #store: SongStore;

  constructor(sources: readonly LyricsSource[], store: SongStore) {
    this.#sources = sources;
    this.#store = store;
  }

  /**
   * Every version that the sources have, the best first.
   * @returns with the reasons why sources could not be asked. @throws Error when it is cancelled.
   */
  async list(query: LyricsQuery, signal: AbortSignal): Promise<{ choices: Choice[]; faults: string[] }> {
    const { candidates, faults } = await this.#find(query, signal);
    const stored = this.#store.get(query);
    const picked = stored?.picked === true ? stored.id : undefined;
    return { choices: candidates.map(({ candidate, fits }) => choiceOf(candidate, fits, picked)), faults };
  }

  /**
   * Picks a version and remembers it for this song.
   * @returns undefined when that is done, else why not. @throws Error when it cannot be stored, or it is cancelled.
   */
  async pick(query: LyricsQuery, id: string, signal: AbortSignal): Promise<string | undefined> {
    const { candidates, faults } = await this.#find(query, signal);
    const found = candidates.find(({ candidate }) => candidate.id === id)?.candidate;
    if (found === undefined) return [`no source has ${id}; see list_candidates`, ...faults].join("; ");
    const { artist, title } = query;
    await this.#store.put({ artist, title, fetched_at: Date.now(), lyrics: found.lyrics, source: found.source, id, picked: true });
    return undefined;
  }

  /** Forgets what was picked for a song: it is looked up again. @returns whether something was picked. */
  unpick(query: LyricsQuery): boolean {
    return this.#store.get(query)?.picked === true && this.#store.remove(query);
  }

  async #find(query: LyricsQuery, signal: AbortSignal): Promise<{ candidates: { candidate: Candidate; fits: boolean }[]; faults: string[] }> {
    const { candidates, faults } = await findAll(this.#sources, query, signal);
    return { candidates: rank(query, candidates).slice(0, mostChoices), faults: faults.map(({ message }) => message) };
  }
}

function choiceOf({ id, source, artist, title, album, duration, lyrics }: Candidate, fits: boolean, picked: string | undefined): Choice {
  const lines = parseLyrics(lyrics.synced ?? lyrics.plain ?? "");
  return { id, source, artist, title, album, duration, timing: timingOf(lines), instrumental: lyrics.instrumental, lines: lines.length, fits, picked: id === picked };
}
