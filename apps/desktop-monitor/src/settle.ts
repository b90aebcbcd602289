import { isSameTrack } from "@vj/playback";
import type { PlayerFacts } from "./mpris.ts";
import { look } from "./player-state.ts";
import type { PlayerState } from "./player-state.ts";

/** A new track that has only the name of a file gets its tags within this time, or has none, ms: mpv needs some 80. */
export const settleMs = 400;

/** What counts of a player, and the track that it has just begun while only the name of its file is known. */
export interface Showing {
  readonly shown: PlayerState | undefined;
  readonly next: PlayerState | undefined;
  /** When `next` began to have this name, ms of the monotonic clock. */
  readonly nextAt: number;
}

/** Nothing is known of the player. */
export const nothingShown: Showing = { shown: undefined, next: undefined, nextAt: 0 };

/**
 * What counts after a look at the player. The track before goes on until the name of the new one is settled: a wall that is
 * cleared for less than half a second flickers. The new one has its position from the player, however late its name is.
 */
export function settle({ shown, next, nextAt }: Showing, facts: PlayerFacts, now: number): Showing {
  const state = look(next ?? shown, facts, now, { unnamed: next !== undefined });
  if (!facts.fileOnly || facts.status === "stopped" || isSameTrack(shown?.facts.track, facts.track)) return { ...nothingShown, shown: state };
  const since = next !== undefined && isSameTrack(next.facts.track, facts.track) ? nextAt : now;
  return now - since >= settleMs ? { ...nothingShown, shown: state } : { shown, next: state, nextAt: since };
}
