/**
 * Keeps the beat of the drums through a break: chords and arpeggios play off the beat there, and would turn it by half a beat. While the bass of the
 * groove is away, a peak on the half beat counts as one on the beat after it, and a missing peak on the beat says nothing.
 */
export interface BreakHold {
  /** The beat of the drums is kept. */
  readonly holds: boolean;
  /** @param away the bass of the groove is gone  @param sure the tracker is sure of its beats */
  judge(away: boolean, sure: boolean): void;
  /**
   * Takes the activation of the next frame, 0..1.
   * @param interval frames of a beat  @param off frames from the nearest beat  @returns the activation that counts
   */
  of(chance: number, interval: number, off: number): number;
  reset(): void;
}

/** The activation that speaks neither for a beat nor against one. */
const neutral = 0.4;
/** As near to the beat, or to the half beat, in beats. */
const near = 0.12;
/** Frames that are remembered: half of the longest beat. */
const memory = 64;

export function createBreakHold(): BreakHold {
  const past = new Float64Array(memory);
  const state = { away: false, at: 0 };
  const hold = {
    holds: false,
    judge(away: boolean, sure: boolean): void {
      if (away !== state.away) hold.holds = away && sure;
      state.away = away;
    },
    of(chance: number, interval: number, off: number): number {
      state.at = (state.at + 1) % memory;
      past[state.at] = chance;
      if (!hold.holds) return chance;
      const distance = Math.abs(off) / interval;
      if (distance > 0.5 - near) return Math.min(neutral, chance);
      if (distance > near) return chance;
      return Math.max(neutral, chance, past[(state.at - Math.round(interval / 2) + memory) % memory] ?? NaN);
    },
    reset(): void {
      past.fill(0);
      state.away = false;
      hold.holds = false;
    },
  };
  return hold;
}
