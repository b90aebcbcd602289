import type { Follower, FollowState } from "@vj/worker";
import type { Track } from "./playback-message.ts";
import { isPresent, positionNow } from "./source-state.ts";
import type { SourceState } from "./source-state.ts";

/** What is known of a source, and the line to its worker. */
export interface Source {
  state: SourceState;
  follower: Follower | undefined;
}

/** A track in `get_state`. */
export function describeTrack(track: Track | undefined): Record<string, unknown> | null {
  if (track === undefined) return null;
  const { hasLyrics, ...rest } = track;
  return { ...rest, has_lyrics: hasLyrics };
}

/** One source in `get_state`. */
export function describeSource({ state, follower }: Source, now: number): Record<string, unknown> {
  const followed: FollowState = follower?.state() ?? { health: "away", problem: null, stats: {} };
  return {
    health: followed.health,
    problem: followed.problem,
    available: followed.stats["available"] ?? null,
    reason: followed.stats["reason"] ?? null,
    track: describeTrack(isPresent(state, now) ? state.track : undefined),
    is_playing: isPresent(state, now) && state.playing,
    position: isPresent(state, now) ? positionNow(state, now) : null,
  };
}
