import type { TempoView } from "@vj/audio";
import type { FollowedTempo, FollowedTempos } from "./followed-tempos.ts";
import { hostUs } from "./host-time.ts";

/** A number with at most so many digits behind the point. */
export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * The part `tempo` of `get_state`: whose beat goes out and when the next one is due, the tracker's own tempo and how far that is from it,
 * and the programs that can be followed.
 * @param hostMs time of the steady clock, ms, of a stream time, s
 */
export function tempoState(view: TempoView, by: string, followed: FollowedTempos, hostMs: (time: number) => number): Record<string, unknown> {
  const { bpm, locked, next, ownBpm, ownLate } = view;
  const given = by !== "analysis" && by !== "none" && ownBpm > 0;
  return {
    tempo_by: by,
    bpm: rounded(bpm, 3),
    locked,
    // Of the next beat, without `beat_offset_ms`.
    next_beat_us: Number.isFinite(next) && by !== "none" ? hostUs(hostMs(next)) : null,
    analysis_bpm: rounded(ownBpm, 2),
    off: given ? { bpm_percent: rounded((bpm / ownBpm - 1) * 100, 2), ms: rounded(-ownLate * 1000, 1) } : null,
    followed: followed.all(performance.now()).map((tempo) => followedState(tempo, by)),
  };
}

function followedState({ source, bpm, quantum, ageMs }: FollowedTempo & { readonly ageMs: number }, by: string): Record<string, unknown> {
  return { source, bpm: rounded(bpm, 3), quantum, age_ms: ageMs, leads: source === by };
}
