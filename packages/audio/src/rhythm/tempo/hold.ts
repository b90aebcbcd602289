/** Reported tempo, with hysteresis. */
export interface TempoHold {
  /** BPM, 0 before the first. */
  readonly bpm: number;
  /** @param bpm the tracker's tempo now; @param confidence in it, 0..1; @param seconds since the last call */
  update(bpm: number, confidence: number, seconds: number): void;
  reset(): void;
}

/** Changes up to this share are followed at once: that is a tempo that drifts. */
const drift = 0.06;
/** Another tempo is reported once it was there for so many seconds, each counted by the confidence in it, or for as many as the old one. */
const holdSeconds = 0.3;
/** The same for one that is the old one on another level of the metre: trackers slip between those, music hardly ever does. */
const levelHoldSeconds = 0.8;
const levels = [1 / 3, 1 / 2, 2 / 3, 3 / 4, 4 / 3, 3 / 2, 2, 3] as const;
const sameLevel = 0.03;
/** Even without confidence a tempo gets its turn at last; but the beat of a breakdown is the one from before. */
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
