import { createBarEvidence } from "./bar-evidence.ts";

/** Which beat of a bar of four each beat is: a forward filter over the four places, with a count that is slow to give way. */
export interface BarCounter {
  /** 1..4: the beat last counted. */
  readonly beat: number;
  /** Keep the bands' newest frame. */
  hear(): void;
  /**
   * Count one beat.
   * @param hops frames since the beat before
   * @param beats length of that time in beats: above 1.5 where some were left out
   * @param downbeat activation, 0..1, of the beat before
   */
  count(hops: number, beats: number, downbeat: number): void;
  /** Call the last beat a downbeat, or the next one, whatever was heard. */
  restart(which: "last" | "next"): void;
  reset(): void;
}

const BEATS = 4;
/** Chance that the music itself begins a new bar out of turn, per beat. */
const JUMP = 0.0056;
/** Another place must be so many times likelier before the count moves to it. */
const MARGIN = 2;
/** What a restart is held to be worth. */
const CERTAIN = 0.98;

/** @param bands what `LogBands.values` holds after each frame */
export const createBarCounter = (bands: Float64Array): BarCounter => {
  const evidence = createBarEvidence(bands);
  /** Chance that the beat last counted has each place. */
  const belief = new Float64Array(BEATS).fill(1 / BEATS);
  const turned = new Float64Array(BEATS);
  let place = 0;
  let counted = false;

  const learn = (): void => {
    let sum = 0;
    for (let p = 0; p < BEATS; p++) sum += belief[p] = (belief[p] ?? 0) * Math.exp(evidence.places[p] ?? 0);
    for (let p = 0; p < BEATS; p++) belief[p] = ((1 - JUMP) * (belief[p] ?? 0)) / sum + JUMP / BEATS;
  };

  const advance = (beats: number): void => {
    for (let p = 0; p < BEATS; p++) turned[(p + beats) % BEATS] = belief[p] ?? 0;
    belief.set(turned);
    place = (place + beats) % BEATS;
    let best = place;
    for (let p = 0; p < BEATS; p++) if ((belief[p] ?? 0) > (belief[best] ?? 0)) best = p;
    if ((belief[best] ?? 0) > MARGIN * (belief[place] ?? 0)) place = best;
  };

  const counter = {
    beat: 1,
    hear: () => evidence.hear(),
    count(hops: number, beats: number, downbeat: number): void {
      if (counted) {
        evidence.weigh(hops, downbeat);
        learn();
        advance(Math.max(1, Math.min(BEATS, Math.round(beats))));
      }
      counted = true;
      counter.beat = place + 1;
    },
    restart(which: "last" | "next"): void {
      place = which === "last" ? 0 : BEATS - 1;
      belief.fill((1 - CERTAIN) / (BEATS - 1));
      belief[place] = CERTAIN;
      counter.beat = place + 1;
    },
    reset(): void {
      evidence.reset();
      belief.fill(1 / BEATS);
      place = 0;
      counted = false;
      counter.beat = 1;
    },
  };
  return counter;
};
