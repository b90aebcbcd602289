import type { Follower, FollowState } from "@vj/playback";
import { isPresent, positionNow } from "./source-state.ts";
import type { SourceState } from "./source-state.ts";

/** The state of a source, and the connection to its worker. */
export interface Source {
  state: SourceState;
  readonly worker: string;
  readonly follower: Follower;
}

/** Whether a source's track has lyrics. */
export type HasLyrics = (state: SourceState) => boolean;

/** The track of a source in `get_state`. */
export function describeTrack(state: SourceState, hasLyrics: HasLyrics): Record<string, unknown> | null {
  return state.track === undefined ? null : { ...state.track, has_lyrics: hasLyrics(state) };
}

/** One source in `get_state`. @param now ms of the monotonic clock */
export function describeSource({ state, worker, follower }: Source, now: number, hasLyrics: HasLyrics): Record<string, unknown> {
  const followed: FollowState = follower.state();
  return {
    worker,
    health: followed.health,
    problem: followed.problem,
    available: followed.stats["available"] ?? null,
    reason: followed.stats["reason"] ?? null,
    track: isPresent(state, now) ? describeTrack(state, hasLyrics) : null,
    is_playing: isPresent(state, now) && state.position.playing,
    position: isPresent(state, now) ? positionNow(state, now) : null,
  };
}
