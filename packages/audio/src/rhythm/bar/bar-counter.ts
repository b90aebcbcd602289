import { createBarEvidence } from "./bar-evidence.ts";

/**
 * Assigns each beat its place in a bar of four: a forward filter over the four places, whose reported count changes
 * reluctantly.
 */
export interface BarCounter {
  /** Place of the last counted beat, 1..4. */
  readonly beat: number;
  /** Probability of that place, 0..1: a quarter while nothing is known. */
  readonly confidence: number;
  /** Stores the bands' newest frame. */
  push(): void;
  /**
   * Counts one beat.
   * @param hops frames since the previous beat
   * @param beats length of that time in beats: above 1.5 where beats were skipped
   * @param downbeat activation of the previous beat, 0..1
   */
  count(hops: number, beats: number, downbeat: number): void;
  /**
   * Treats the last beat, or the one that is due, as the beat of a drop, which is nearly always beat 1. Between beats a
   * drop is ignored.
   * @param phase within the beat, 0..1
   */
  drop(phase: number): void;
  /** The next beat is this one of the bar, 1..4: this holds until the sound contradicts it for eight bars, or `release`. */
  expect(beat: number): void;
  /** The next beat is the next of the count, whatever the sound, unless one is expected. */
  goOn(): void;
  /** The count follows the sound again. */
  release(): void;
  reset(): void;
}

const beatsInBar = 4;
/** Probability per beat that the music itself begins a new bar out of turn. */
const jump = 0.0065;
/** Odds fade by this power per beat: the beats of a loop repeat the same evidence. */
const fade = 0.989;
/** Another place must be this many times likelier before the count moves to it. */
const usualMargin = 2;
/** How often a drop falls on beat 1, 2, 3, 4: counted on generated music, where the drop is sometimes mistaken. */
const dropBelief = [0.8, 0.03, 0.14, 0.03] as const;
/** A drop this close to a beat belongs to it, in beats. */
const nearBeat = 0.2;
/** Probability of a place that was given from outside, and the beats for which the sound must contradict it: eight bars. */
const givenBelief = 0.97;
const heldBeats = 32;

/** @param bands what `LogBands.values` holds after each frame */
export function createBarCounter(bands: Float64Array): BarCounter {
  const evidence = createBarEvidence(bands);
  /** Probability of each place for the last counted beat. */
  const belief = new Float64Array(beatsInBar).fill(1 / beatsInBar);
  const turned = new Float64Array(beatsInBar);
  let place = 0;
  let counted = false;
  /** The place that was given for the next beat, or -1; whether one is held, and for how many beats another was likelier. */
  const hold = { next: -1, on: false, against: 0 };

  function learn(): void {
    let sum = 0;
    for (let p = 0; p < beatsInBar; p += 1) sum += belief[p] = (belief[p] ?? 0) ** fade * Math.exp(evidence.places[p] ?? 0);
    for (let p = 0; p < beatsInBar; p += 1) belief[p] = ((1 - jump) * (belief[p] ?? 0)) / sum + jump / beatsInBar;
  }

  function advance(beats: number): void {
    for (let p = 0; p < beatsInBar; p += 1) turned[(p + beats) % beatsInBar] = belief[p] ?? 0;
    belief.set(turned);
    place = (place + beats) % beatsInBar;
  }

  /** Moves to the likeliest place if it is more than `margin` times as likely as the current one. */
  function settle(margin: number): void {
    let best = place;
    for (let p = 0; p < beatsInBar; p += 1) if ((belief[p] ?? 0) > (belief[best] ?? 0)) best = p;
    const isLikelier = (belief[best] ?? 0) > margin * (belief[place] ?? 0);
    hold.against = isLikelier ? hold.against + 1 : 0;
    if (hold.on && hold.against < heldBeats) return;
    hold.on = false;
    if (isLikelier) place = best;
  }

  function takeGiven(): void {
    place = hold.next;
    belief.fill((1 - givenBelief) / (beatsInBar - 1));
    belief[place] = givenBelief;
    hold.next = -1;
    hold.on = true;
    hold.against = 0;
  }

  const counter = {
    beat: 1,
    get confidence() {
      return belief[place] ?? 0;
    },
    push: () => evidence.push(),
    count(hops: number, beats: number, downbeat: number): void {
      if (counted) {
        evidence.weigh(hops, downbeat);
        learn();
        advance(Math.max(1, Math.round(beats)));
        settle(usualMargin);
      }
      if (hold.next >= 0) takeGiven();
      counted = true;
      counter.beat = place + 1;
    },
    expect(beat: number): void {
      hold.next = beat - 1;
    },
    goOn(): void {
      if (hold.next < 0) hold.next = counted ? (place + 1) % beatsInBar : 0;
    },
    release(): void {
      hold.next = -1;
      hold.on = false;
    },
    drop(phase: number): void {
      const near = Math.round(phase);
      if (!counted || Math.abs(phase - near) > nearBeat) return;
      for (let p = 0; p < beatsInBar; p += 1) belief[p] = (belief[p] ?? 0) * (dropBelief[(p + near) % beatsInBar] ?? 0);
      settle(1);
      counter.beat = place + 1;
    },
    reset(): void {
      evidence.reset();
      belief.fill(1 / beatsInBar);
      place = 0;
      counted = false;
      counter.beat = 1;
    },
  };
  return counter;
}
