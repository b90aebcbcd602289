/**
 * When a beat really was. Beats go out as they are predicted, and while the tempo changes they lag behind the music; the peak of the
 * activation, known 0.15 s later, is within 2 ms of the sound even then.
 */
export interface MeasuredBeat {
  /** A beat went out; stream time, s. */
  sent(time: number): void;
  /** The time of the beat that was sent, once it is known at `now`: that of its peak, else as it was predicted. NaN without one. */
  take(now: number): number;
  reset(): void;
}

/** Seconds from a beat to when the peak of its activation is known, wherever it is near the beat. Two beats are further apart. */
const knownAfter = 0.15;

/** @param peakNear time of the peak near a beat, NaN without one */
export function createMeasuredBeat(peakNear: (time: number) => number): MeasuredBeat {
  const beat = { sent: NaN };
  return {
    sent(time) {
      beat.sent = time;
    },
    take(now) {
      const { sent } = beat;
      if (!(now >= sent + knownAfter)) return NaN;
      beat.sent = NaN;
      const peak = peakNear(sent);
      return Number.isNaN(peak) ? sent : peak;
    },
    reset() {
      beat.sent = NaN;
    },
  };
}
