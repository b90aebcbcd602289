import { messageOf } from "@vj/schema";
import { choose, isSettled } from "./sources/choose.ts";
import { SourceError } from "./sources/lyrics-source.ts";
import type { Asking, Candidate, LyricsSource } from "./sources/lyrics-source.ts";
import type { LyricsQuery } from "./song.ts";

/** The result of a search. */
export interface Search {
  /** The best version; undefined when no source that answered has the song. */
  readonly candidate: Candidate | undefined;
  /** Why sources could not be asked, in their order. */
  readonly faults: readonly SourceError[];
}

/**
 * Asks the sources in their order, until one has the song with time stamps or knows that nothing is sung; lyrics without time
 * stamps count when no source has better ones. A source that cannot be asked stops no other.
 * @throws Error when it is cancelled.
 */
export async function findLyrics(sources: readonly LyricsSource[], query: LyricsQuery, asking: Asking): Promise<Search> {
  const faults: SourceError[] = [];
  let plain: Candidate | undefined;
  for (const source of sources) {
    const best = choose(query, await foundBy(source, query, asking, faults));
    if (best !== undefined && isSettled(best)) return { candidate: best, faults };
    plain ??= best;
  }
  return { candidate: plain, faults };
}

/** Every version of a song that the sources have. @throws Error when it is cancelled. */
export async function findAll(sources: readonly LyricsSource[], query: LyricsQuery, signal: AbortSignal): Promise<{ candidates: Candidate[]; faults: SourceError[] }> {
  const faults: SourceError[] = [];
  const found = await Promise.all(sources.map((source) => foundBy(source, query, { signal, byHand: true, all: true }, faults)));
  return { candidates: found.flat(), faults };
}

async function foundBy(source: LyricsSource, query: LyricsQuery, asking: Asking, faults: SourceError[]): Promise<readonly Candidate[]> {
  try {
    return await source.find(query, asking);
  } catch (error) {
    if (asking.signal.aborted) throw error;
    faults.push(error instanceof SourceError ? error : new SourceError(messageOf(error), { cause: error }));
    return [];
  }
}
