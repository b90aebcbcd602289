/** Reported tempo, with hysteresis. */
export interface TempoHold {
  /** BPM, 0 before the first update. */
  readonly bpm: number;
  /** @param bpm the tracker's current tempo; @param confidence in it, 0..1; @param seconds since the last call */
  update(bpm: number, confidence: number, seconds: number): void;
  reset(): void;
}

/** Changes up to this share are followed at once: the tempo drifts. */
const drift = 0.06;
/**
 * A new tempo is reported after this time, s, weighted by its confidence, or after as long as the old tempo lasted if
 * that is shorter.
 */
const holdSeconds = 0.3;
/**
 * The same for a new tempo that is another metrical level of the old one: trackers slip between levels, music hardly ever
 * does.
 */
const levelHoldSeconds = 0.8;
const levels = [1 / 3, 1 / 2, 2 / 3, 3 / 4, 4 / 3, 3 / 2, 2, 3] as const;
const sameLevel = 0.03;
/**
 * Least weight of a tempo: even without confidence a new tempo is reported in the end, but in a breakdown the earlier one
 * is kept.
 */
const leastConfidence = 0.08;

function isOtherLevel(ratio: number): boolean {
  return levels.some((level) => Math.abs(ratio / level - 1) < sameLevel);
}

export function createTempoHold(): TempoHold {
  const weights = { stood: 0, doubted: 0 };

  const hold = {
    bpm: 0,
    update(bpm: number, confidence: number, seconds: number): void {
      const ratio = bpm / hold.bpm;
      const same = Math.abs(ratio - 1) <= drift;
      const weight = seconds * Math.max(leastConfidence, confidence);
      weights.doubted = same ? 0 : weights.doubted + weight;
      const enough = Math.min(isOtherLevel(ratio) ? levelHoldSeconds : holdSeconds, weights.stood);
      if (!same && weights.doubted <= enough) return;
      weights.stood = same ? weights.stood + weight : 0;
      weights.doubted = 0;
      hold.bpm = bpm;
    },
    reset(): void {
      weights.stood = 0;
      weights.doubted = 0;
      hold.bpm = 0;
    },
  };
  return hold;
}
