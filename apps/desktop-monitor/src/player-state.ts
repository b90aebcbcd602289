import { isSameTrack, positionAt } from "@vj/playback";
import type { Track } from "@vj/playback";
import type { PlayerFacts } from "./mpris.ts";

/** What is known of one player. Times are milliseconds of the monotonic clock. */
export interface PlayerState {
  readonly facts: PlayerFacts;
  /** When it began to play, or paused. */
  readonly since: number;
  /** Seconds into the track at `at`, as far as known. */
  readonly seconds: number;
  readonly at: number;
  /** The player's position does not move although it plays: the clock gives it. */
  readonly frozen: boolean;
  /** When it was looked at last, and whether it reported a jump since. */
  readonly lookedAt: number;
  readonly sought: boolean;
  /** How often the length that it reports has grown. */
  readonly grown: number;
}

/** A position that stands still for this long although the player plays counts as unknown, ms. */
const frozenMs = 700;
/** Less than this does not count as movement, seconds. */
const still = 0.001;

/** A length that has grown this often is that of a stream so far: there is none. */
const growsTooOften = 3;

/** The state after a look at the player. `unnamed`: the tags of its track have not come yet: another name with the same id is the same play */
export function look(before: PlayerState | undefined, facts: PlayerFacts, now: number, { unnamed = false }: { readonly unnamed?: boolean } = {}): PlayerState {
  const since = before === undefined || isPlaying(before.facts) !== isPlaying(facts) ? now : before.since;
  const sameTrack = before !== undefined && before.facts.id === facts.id && (unnamed || isSameTrack(before.facts.track, facts.track));
  const grown = sameTrack ? before.grown + (lengthOf(facts) > lengthOf(before.facts) && lengthOf(before.facts) > 0 ? 1 : 0) : 0;
  const looked = { facts, since, at: now, lookedAt: now, sought: false, grown };
  if (!sameTrack) return { ...looked, seconds: facts.seconds ?? 0, frozen: facts.seconds === undefined };
  const expected = positionAt({ seconds: before.seconds, playing: isPlaying(before.facts), at: before.at, rate: before.facts.rate }, now);
  if (isFrozen(before, facts, now)) return { ...looked, seconds: expected, frozen: true };
  return { ...looked, seconds: facts.seconds ?? expected, frozen: false };
}

/** A jump that the player reports by itself; some that never move their position report at least this. */
export function seek(before: PlayerState, seconds: number, now: number): PlayerState {
  return { ...before, seconds, at: now, sought: true };
}

/** Its track; without a length where that is only what has come of a stream so far. */
export function trackOf({ facts: { track }, grown }: PlayerState): Track | undefined {
  return track === undefined || grown < growsTooOften ? track : { ...track, duration: 0 };
}

/** Whether it plays something, forwards. */
export function isPlaying({ status, track, rate }: PlayerFacts): boolean {
  return status === "playing" && track !== undefined && rate > 0;
}

function lengthOf({ track }: PlayerFacts): number {
  return track?.duration ?? 0;
}

function isFrozen({ facts: before, lookedAt, sought, frozen }: PlayerState, facts: PlayerFacts, now: number): boolean {
  if (facts.seconds === undefined) return true;
  const moved = Math.abs(facts.seconds - (before.seconds ?? -1)) > still;
  if (moved) return false;
  // A position that a jump did not move is none.
  return frozen || sought || (isPlaying(before) && now - lookedAt >= frozenMs);
}
