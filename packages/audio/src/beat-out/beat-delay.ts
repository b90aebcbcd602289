/** What goes out with a beat: its place in the bar, and that of the bar in the phrase. Fields: see `AudioFrame`. */
export interface BeatPlace {
  beatInBar: number;
  metre: number;
  barConfidence: number;
  phraseBar: number;
  phraseSince: number;
  phraseConfidence: number;
}

/** Delays beats by a number of frames. */
export interface BeatDelay {
  /** Whether a beat goes out in this frame. */
  readonly beat: boolean;
  /** As of that frame. */
  readonly place: Readonly<BeatPlace>;
  /** Processes one frame; its input comes out after `frames` further frames. */
  update(beat: boolean, place: Readonly<BeatPlace>, frames: number): void;
  reset(): void;
}

const start: Readonly<BeatPlace> = { beatInBar: 1, metre: 4, barConfidence: 0, phraseBar: 0, phraseSince: 0, phraseConfidence: 0 };

/** The tracker forgets a beat that is not taken in time, so beats that must go out late are taken and held here. */
export function createBeatDelay(mostFrames: number): BeatDelay {
  const beats = new Uint8Array(mostFrames + 1);
  const places = Array.from(beats, () => ({ ...start }));
  const state = { at: 0 };
  const delay = {
    beat: false,
    place: { ...start },
    update(beat: boolean, place: Readonly<BeatPlace>, frames: number) {
      state.at = (state.at + 1) % beats.length;
      const from = (state.at - frames + beats.length) % beats.length;
      beats[state.at] = beat ? 1 : 0;
      copy(place, places[state.at]);
      delay.beat = beats[from] === 1;
      copy(places[from], delay.place);
    },
    reset() {
      beats.fill(0);
      for (const place of places) copy(start, place);
      delay.beat = false;
      copy(start, delay.place);
    },
  };
  return delay;
}

/** Field by field: nothing is allocated. */
function copy(from: Readonly<BeatPlace> | undefined, to: BeatPlace | undefined): void {
  if (from === undefined || to === undefined) return;
  to.beatInBar = from.beatInBar;
  to.metre = from.metre;
  to.barConfidence = from.barConfidence;
  to.phraseBar = from.phraseBar;
  to.phraseSince = from.phraseSince;
  to.phraseConfidence = from.phraseConfidence;
}
