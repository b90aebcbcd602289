/** What the decision needs to know of a source. */
export interface Candidate {
  source: string;
  /** It has a track, and its worker answers. */
  present: boolean;
  playing: boolean;
  /** When its track, or playing it, began; greater is later. */
  changedAt: number;
}

/** Which source counts, and why, for a person. No source: nothing is there to play. */
export interface Decision {
  source: string | undefined;
  why: string;
}

/**
 * Pinned beats everything; `auto` pins nothing. Otherwise the source that plays counts; of several, the one that changed last. When all
 * are paused, the one that changed last stays.
 */
export function decide(candidates: readonly Candidate[], pinned: string): Decision {
  if (pinned !== "auto") return { source: pinned, why: "pinned" };
  const present = candidates.filter((candidate) => candidate.present).toSorted((a, b) => b.changedAt - a.changedAt);
  const playing = present.filter((candidate) => candidate.playing);
  const [first] = playing.length > 0 ? playing : present;
  if (first === undefined) return { source: undefined, why: "no source has a track" };
  if (playing.length === 1) return { source: first.source, why: "the only one that plays" };
  return { source: first.source, why: playing.length > 1 ? "plays, and changed last" : "paused; nothing else plays" };
}
