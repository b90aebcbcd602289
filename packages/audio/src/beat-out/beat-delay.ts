/** Delays beats by a number of frames. */
export interface BeatDelay {
  /** Whether a beat goes out in this frame. */
  readonly beat: boolean;
  /** The beat in the bar at that frame, and the beats of the bar. */
  readonly beatInBar: number;
  readonly metre: number;
  /** Processes one frame; its input comes out after `frames` further frames. */
  update(beat: boolean, bar: { readonly beatInBar: number; readonly metre: number }, frames: number): void;
  reset(): void;
}

/** The tracker forgets a beat that is not taken in time, so beats that must go out late are taken and held here. */
export function createBeatDelay(mostFrames: number): BeatDelay {
  const beats = new Uint8Array(mostFrames + 1);
  const counts = new Uint8Array(mostFrames + 1).fill(1);
  const metres = new Uint8Array(mostFrames + 1).fill(4);
  let at = 0;
  const delay = {
    beat: false,
    beatInBar: 1,
    metre: 4,
    update(beat: boolean, { beatInBar, metre }: { readonly beatInBar: number; readonly metre: number }, frames: number) {
      at = (at + 1) % beats.length;
      beats[at] = beat ? 1 : 0;
      counts[at] = beatInBar;
      metres[at] = metre;
      const from = (at - frames + beats.length) % beats.length;
      delay.beat = beats[from] === 1;
      delay.beatInBar = counts[from] ?? 1;
      delay.metre = metres[from] ?? 4;
    },
    reset() {
      beats.fill(0);
      counts.fill(1);
      metres.fill(4);
      delay.beat = false;
      delay.beatInBar = 1;
      delay.metre = 4;
    },
  };
  return delay;
}
