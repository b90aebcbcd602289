/** Share of the distance to the tracker's phase that is made up for per frame. */
const pull = 0.2;
/** Where the phase waits for a beat that is a little late. */
const almostOne = 0.999;
/** So far into the next beat without one, it is not late but left out. */
const leftOut = 0.25;

/** What the tracker says at a frame. */
export interface BeatState {
  /** BPM at which beats go out. */
  pace: number;
  /** 0–1, as of the tracker's last hop. */
  phase: number;
  /** 1–4. */
  beatInBar: number;
  /** Whether a beat goes out with this frame. */
  beat: boolean;
}

/** A phase that an animation can be tied to: it runs evenly, and begins again in the very frame of the beat. */
export interface BeatClock {
  /** 0 up to but not including 1. */
  readonly phase: number;
  /** 0 up to but not including 1. */
  readonly barPhase: number;
  update(state: BeatState, frameSeconds: number): void;
  reset(): void;
}

/** The tracker's own phase moves by hops of 10 ms and jumps when it corrects itself; this one follows it. */
export function createBeatClock(): BeatClock {
  const clock = {
    phase: 0,
    barPhase: 0,
    update({ pace, phase: target, beatInBar, beat }: BeatState, frameSeconds: number) {
      if (pace <= 0) return clock.reset();
      let phase = clock.phase + (pace / 60) * frameSeconds;
      const away = target - phase;
      phase += pull * (away - Math.round(away));
      const isLeftOut = target > leftOut && target < 1 - leftOut;
      if (beat) phase = phase > 0.5 ? Math.max(0, phase - 1) : Math.max(0, phase);
      else if (phase >= 1) phase = isLeftOut ? phase - 1 : almostOne;
      clock.phase = Math.max(0, Math.min(almostOne, phase));
      clock.barPhase = (beatInBar - 1 + clock.phase) / 4;
    },
    reset() {
      clock.phase = 0;
      clock.barPhase = 0;
    },
  };
  return clock;
}
