import { isSameTrack, positionAt } from "@vj/playback";
import type { PlayerFacts } from "./mpris.ts";

/** What is known of one player. Times are milliseconds of the monotonic clock. */
export interface PlayerState {
  readonly facts: PlayerFacts;
  /** When it began to play, or paused. */
  readonly since: number;
  /** Seconds into the track at `at`, as far as anybody knows. */
  readonly seconds: number;
  readonly at: number;
  /** The player's position does not move although it plays: the clock gives it. */
  readonly frozen: boolean;
}

/** A position that has not moved for this long while it should have is none, ms. */
const frozenMs = 700;
/** Less than this does not count as movement, seconds. */
const still = 0.001;

/** The state after a look at the player. */
export function look(before: PlayerState | undefined, facts: PlayerFacts, now: number): PlayerState {
  const since = before === undefined || isPlaying(before.facts) !== isPlaying(facts) ? now : before.since;
  const sameTrack = before !== undefined && before.facts.id === facts.id && isSameTrack(before.facts.track, facts.track);
  if (!sameTrack) return { facts, since, seconds: facts.seconds ?? 0, at: now, frozen: facts.seconds === undefined };
  const expected = positionAt({ seconds: before.seconds, playing: isPlaying(before.facts), at: before.at, rate: before.facts.rate }, now);
  if (isFrozen(before, facts, now)) return { facts, since, seconds: expected, at: now, frozen: true };
  return { facts, since, seconds: facts.seconds ?? expected, at: now, frozen: false };
}

/** A jump that the player reports by itself; some that never move their position say at least this. */
export function seek(before: PlayerState, seconds: number, now: number): PlayerState {
  return { ...before, facts: { ...before.facts, seconds: before.frozen ? before.facts.seconds : seconds }, seconds, at: now };
}

/** Whether it plays something. */
export function isPlaying({ status, track }: PlayerFacts): boolean {
  return status === "playing" && track !== undefined;
}

function isFrozen({ facts: before, at, frozen }: PlayerState, facts: PlayerFacts, now: number): boolean {
  if (facts.seconds === undefined) return true;
  const moved = Math.abs(facts.seconds - (before.seconds ?? -1)) > still;
  if (moved) return false;
  return frozen || (isPlaying(before) && now - at >= frozenMs);
}
