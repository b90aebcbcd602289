/** What the decision needs to know of a source, or of one of several players. Times are milliseconds of one monotonic clock. */
export interface Candidate {
  readonly source: string;
  /** It has a track, and its worker answers or was there a moment ago. */
  readonly present: boolean;
  readonly playing: boolean;
  /** When it began to play, or paused. */
  readonly since: number;
  /** When its worker was lost; undefined while it is there. */
  readonly lostAt?: number | undefined;
  /** It says that it plays, but its track must have been over for a while; false where its position is its own. */
  readonly stale?: boolean;
}

/** Which source counts, and why, for a person. No source: nothing is there to play. */
export interface Decision {
  readonly source: string | undefined;
  readonly why: string;
}

/** How it is decided. */
export interface Rule {
  /** The source that counts whatever it does; `auto` pins nothing. */
  readonly pinned: string;
  /** Sources that go before others while they play, the first before the second. */
  readonly priority: readonly string[];
}

/** A source must play this long before it takes over from one that plays too. */
export const settleMs = 2000;
/** Between two tracks a player is silent for a moment: one that paused keeps its place this long. */
export const pauseMs = 1000;
/** A worker that died is back within this time, or its source gives way to one that plays. */
export const lossMs = 1500;

/**
 * Pinned beats everything. Otherwise a source that plays goes before one that does not; of several the first by priority, then the one
 * that began last. The source that counted so far gives way only once another has played for {@link settleMs}, or once it has itself
 * paused for {@link pauseMs} or been lost for {@link lossMs}, so that nothing flaps.
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

/** 0: plays; 1: says so, but is over or has been lost for too long; 2: does not play. */
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
