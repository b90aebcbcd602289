/**
 * The properties of a source, or of one of several players, that the decision uses. Times are milliseconds of one
 * monotonic clock.
 */
export interface Candidate {
  readonly source: string;
  /** It has a track, and its worker answers or did a moment ago. */
  readonly present: boolean;
  readonly playing: boolean;
  /** Time when it began to play, or paused. */
  readonly since: number;
  /** Time when its worker was lost; undefined while connected. */
  readonly lostAt?: number | undefined;
  /** It reports that it plays, but its track must have ended a while ago; false where it reports its own position. */
  readonly stale?: boolean;
}

/** The source that counts, and the reason for a person. Without a source: none has a track. */
export interface Decision {
  readonly source: string | undefined;
  readonly why: string;
}

/** The rule of the decision. */
export interface Rule {
  /** The source that counts in any case; `auto` pins nothing. */
  readonly pinned: string;
  /** Sources that are preferred while they play, the most preferred first. */
  readonly priority: readonly string[];
}

/** A source must play this long before it takes over from another playing one, ms. */
export const settleMs = 2000;
/** A source that paused keeps its place this long, because a player is silent for a moment between two tracks, ms. */
export const pauseMs = 1000;
/** A worker that died is back within this time; otherwise its source gives way to one that plays, ms. */
export const lossMs = 1500;

/**
 * Pinned beats everything. Otherwise a playing source is preferred to one that does not play; among several the first by
 * priority, and without a priority the one that began last. The source that counted so far gives way only when another has played for
 * {@link settleMs}, or when it has itself paused for {@link pauseMs} or been lost for {@link lossMs}, so that the
 * decision does not flap.
 * @param before the source that counted so far
 */
export function decide(candidates: readonly Candidate[], { pinned, priority }: Rule, before: string | undefined, now: number): Decision {
  if (pinned !== "auto") return { source: pinned, why: "pinned" };
  const ranked = candidates.filter(({ present }) => present).toSorted((a, b) => standing(a, now) - standing(b, now) || compare(a, b, priority));
  const [best] = ranked;
  if (best === undefined) return { source: undefined, why: "no source has a track" };
  const current = ranked.find(({ source }) => source === before);
  const chosen = current !== undefined && current !== best && keepsPlace(current, best, now) ? current : best;
  return { source: chosen.source, why: reason(chosen, ranked, priority) };
}

function compare(a: Candidate, b: Candidate, priority: readonly string[]): number {
  return placeOf(a, priority) - placeOf(b, priority) || b.since - a.since || a.source.localeCompare(b.source);
}

/** 0: plays; 1: reports that it plays, but its track is over or it has been lost for too long; 2: does not play. */
function standing({ playing, stale, lostAt }: Candidate, now: number): number {
  if (!playing) return 2;
  return stale === true || (lostAt !== undefined && now - lostAt >= lossMs) ? 1 : 0;
}

function placeOf({ source }: Candidate, priority: readonly string[]): number {
  const place = priority.indexOf(source);
  return place < 0 ? priority.length : place;
}

function keepsPlace(current: Candidate, best: Candidate, now: number): boolean {
  if (!best.playing) return true;
  if (!current.playing) return now - current.since < pauseMs;
  return standing(current, now) === 0 && now - best.since < settleMs;
}

function reason(chosen: Candidate, ranked: readonly Candidate[], priority: readonly string[]): string {
  const playing = ranked.filter((candidate) => candidate.playing);
  if (!chosen.playing) return playing.length > 0 ? "paused a moment ago" : "paused; nothing else plays";
  if (playing.length === 1) return "the only one that plays";
  return placeOf(chosen, priority) < priority.length ? "plays, and goes first by priority" : "plays, and began last";
}
