import { normalizeLine } from "../refrain.ts";
import { parseLyrics } from "../parse-lyrics.ts";
import { durationSec } from "../song.ts";
import type { FoundLyrics, LyricsQuery } from "../song.ts";
import type { Candidate } from "./lyrics-source.ts";
import { similarity } from "../song-names.ts";

/** Names that are less alike than this are of another song. */
const leastAlike = 0.6;

/** A candidate, and how well it fits. */
export interface Ranked {
  readonly candidate: Candidate;
  /** 0 another song – 1 the same names. */
  readonly alike: number;
  /** Difference of the durations, seconds; undefined when one of them is not known. */
  readonly offBy: number | undefined;
  /** Whether the whole title is the same, and not only what is left of it without the name of a version. */
  readonly sameTitle: boolean;
  /** As {@link isSettled} says. */
  readonly settled: boolean;
  /** Whether it may be taken without asking anybody. */
  readonly fits: boolean;
}

/**
 * The candidates in the order of how well they fit: those that may be taken by themselves first; of these the ones with time
 * stamps, then those whose duration is known to fit, then the same version, then the more alike names, then the order of the source.
 */
export function rank(query: LyricsQuery, candidates: readonly Candidate[]): Ranked[] {
  return candidates.map((candidate) => judge(query, candidate)).toSorted(
    (one, other) =>
      Number(other.fits) - Number(one.fits) ||
      Number(other.settled) - Number(one.settled) ||
      Number(other.candidate.exact) - Number(one.candidate.exact) ||
      closeness(one) - closeness(other) ||
      Number(other.sameTitle) - Number(one.sameTitle) ||
      other.alike - one.alike,
  );
}

/** The candidate that fits best; undefined when none may be taken by itself. */
export function choose(query: LyricsQuery, candidates: readonly Candidate[]): Candidate | undefined {
  const [best] = rank(query, candidates);
  return best?.fits === true ? best.candidate : undefined;
}

/** Whether there is nothing better to look for: it has time stamps, or nothing is sung. */
export function isSettled({ lyrics }: { readonly lyrics: FoundLyrics }): boolean {
  return lyrics.instrumental || parseLyrics(lyrics.synced ?? lyrics.plain ?? "").length > 0;
}

function judge(query: LyricsQuery, candidate: Candidate): Ranked {
  const alike = candidate.exact ? 1 : similarity(query, candidate);
  const wanted = query.duration ?? 0;
  const offBy = wanted > 0 && candidate.duration > 0 ? Math.abs(wanted - candidate.duration) : undefined;
  const fits = candidate.exact || (alike >= leastAlike && (offBy === undefined || offBy <= durationSec));
  return { candidate, alike, offBy, sameTitle: normalizeLine(query.title) === normalizeLine(candidate.title), settled: isSettled(candidate), fits };
}

/** Whole seconds; a duration that is not known counts as the farthest that still fits. */
function closeness({ offBy }: Ranked): number {
  return Math.round(offBy ?? durationSec);
}
