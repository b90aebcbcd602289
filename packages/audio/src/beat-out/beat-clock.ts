/** Share of the distance to the tracker's phase that is corrected per frame. */
const pull = 0.2;
/** The phase waits here for a beat that is slightly late. */
const almostOne = 0.999;
/** A beat is late up to this phase after its expected time; beyond it, the beat was skipped. */
const leftOut = 0.25;

/** State of the tracker at a frame. */
export interface BeatState {
  /** BPM at which beats go out. */
  pace: number;
  /** 0–1, as of the tracker's last hop. */
  phase: number;
  /** 1–metre. */
  beatInBar: number;
  /** Beats of a bar. */
  metre: number;
  /** Whether a beat goes out with this frame. */
  beat: boolean;
}

/** A phase for animations: it runs evenly, and restarts in the frame of the beat. */
export interface BeatClock {
  /** 0 up to but not including 1. */
  readonly phase: number;
  /** 0 up to but not including 1. */
  readonly barPhase: number;
  update(state: BeatState, frameSeconds: number): void;
  reset(): void;
}

/** The tracker's own phase moves in hops of 10 ms and jumps at corrections; this clock follows it smoothly. */
export function createBeatClock(): BeatClock {
  const state = { runs: false };
  const clock = {
    phase: 0,
    barPhase: 0,
    update({ pace, phase: target, beatInBar, metre, beat }: BeatState, frameSeconds: number) {
      if (pace <= 0) return clock.reset();
      // It begins where the tracker is, so that it restarts with the first beat, too.
      const ahead = state.runs ? clock.phase + (pace / 60) * frameSeconds : target;
      state.runs = true;
      const away = target - ahead;
      // Where it is ahead it waits: it never runs backwards.
      let phase = Math.max(clock.phase, ahead + pull * (away - Math.round(away)));
      const isLeftOut = target > leftOut && target < 1 - leftOut;
      if (beat) phase = phase > 0.5 ? Math.max(0, phase - 1) : Math.max(0, phase);
      else if (phase >= 1) phase = isLeftOut ? phase - 1 : almostOne;
      clock.phase = Math.max(0, Math.min(almostOne, phase));
      clock.barPhase = (beatInBar - 1 + clock.phase) / metre;
    },
    reset() {
      state.runs = false;
      clock.phase = 0;
      clock.barPhase = 0;
    },
  };
  return clock;
}
