import { createBarEvidence } from "./bar-evidence.ts";
import { createBarFilter } from "./bar-filter.ts";
import { createBarNet } from "./bar-net.ts";
import { barStates, firstState, metres, stateAfter } from "./bar-states.ts";
import { createBeatInputs } from "./beat-inputs.ts";

/**
 * Assigns each beat its place in a bar of 2 to 7 beats: a filter over the places of all metres, and a network, whose reported count
 * changes reluctantly.
 */
export interface BarCounter {
  /** Place of the last counted beat, 1..metre. */
  readonly beat: number;
  /** Beats of the bar, 2..7: 4 while nothing is known. */
  readonly metre: number;
  /** The place was given from outside, and holds. */
  readonly isGiven: boolean;
  /** Probability of that place in that metre, 0..1: about a fifth while nothing is known. */
  readonly confidence: number;
  /** Stores the bands' newest frame. */
  push(): void;
  /**
   * Counts one beat.
   * @param hops frames since the previous beat
   * @param beats length of that time in beats: above 1.5 where beats were skipped
   * @param downbeat activation of the previous beat, 0..1
   * @param inBreak the bass of the groove is away: the place runs on
   */
  count(hops: number, beats: number, downbeat: number, inBreak?: boolean): void;
  /**
   * Treats the last beat, or the one that is due, as the beat of a drop, which is nearly always beat 1. Between beats a
   * drop is ignored.
   * @param phase within the beat, 0..1
   */
  drop(phase: number): void;
  /**
   * The next beat is this one of the bar, from 1, in a bar of `metre` beats if that is given: this holds until the sound
   * contradicts it for eight bars, or `release`.
   */
  expect(beat: number, metre?: number): void;
  /** The next beat continues the count whatever the sound, unless its place was given by `expect`. */
  goOn(): void;
  /** The count follows the sound again. */
  release(): void;
  reset(): void;
}

/** Another place must be this many times likelier before the count moves to it. */
const usualMargin = 3;
/** The same once it has stood for so many beats: a loop of half a bar says the same for both of its halves. */
const stoodMargin = 5;
const stoodBeats = 16;
/** The same for a place in another metre: in four beats, which most music has, and in any other. */
const metreMargins = { usual: 4, rare: 300 } as const;
/** How often a drop falls on beat 1, 2, 3, 4, counted on generated music, where the drop is sometimes mistaken; later beats as beat 4. */
const dropBelief = [0.8, 0.03, 0.14, 0.03] as const;
/** A drop this close to a beat belongs to it, in beats. */
const nearBeat = 0.2;
/** Beats for which the sound must contradict a place that was given: eight bars of four. */
const heldBeats = 32;
const usualMetre = metres.findIndex(({ beats }) => beats === 4);

/** @param bands what `LogBands.values` holds after each frame */
export function createBarCounter(bands: Float64Array): BarCounter {
  const inputs = createBeatInputs(bands);
  const evidence = createBarEvidence();
  const filter = createBarFilter();
  const net = createBarNet();
  /** Probability of each state by both. */
  const chances = new Float64Array(barStates.length);
  const start = firstState[usualMetre] ?? NaN;
  let state = start;
  let counted = false;
  /** Beats since the place was moved. */
  let stood = 0;
  /** The beat that was given for the next one, from 1, or 0, and its metre; whether one is held, and for how many beats another was likelier. */
  const hold = { next: 0, metre: 0, on: false, against: 0 };

  function combine(): void {
    let sum = 0;
    for (let s = 0; s < chances.length; s += 1) sum += chances[s] = (filter.belief[s] ?? NaN) * (net.momentary[s] ?? NaN);
    for (let s = 0; s < chances.length; s += 1) chances[s] = (chances[s] ?? NaN) / sum;
  }

  /** Moves to the likeliest place if it is enough times as likely as the current one. */
  function settle(margin: number): void {
    combine();
    const best = chances.indexOf(Math.max(...chances));
    const metre = barStates[best]?.metre;
    const other = metre === usualMetre ? metreMargins.usual : metreMargins.rare;
    const needed = metre === barStates[state]?.metre ? margin : Math.max(margin, other);
    const isLikelier = (chances[best] ?? NaN) > needed * (chances[state] ?? NaN);
    hold.against = isLikelier ? hold.against + 1 : 0;
    if (hold.on && hold.against < heldBeats) return;
    hold.on = false;
    if (!isLikelier) return;
    state = best;
    stood = 0;
  }

  function takeGiven(): void {
    filter.give(hold.next - 1, hold.metre === 0 ? undefined : hold.metre);
    const metre = metres.findIndex(({ beats }) => beats === (hold.metre === 0 ? counter.metre : hold.metre));
    state = stateAfter(firstState[metre] ?? start, hold.next - 1);
    combine();
    hold.next = 0;
    hold.on = true;
    hold.against = 0;
  }

  function show(): void {
    const { beats, place } = barStates[state] ?? { beats: 4, place: 0 };
    counter.beat = place + 1;
    counter.metre = beats;
  }

  combine();
  const counter = {
    beat: 1,
    metre: 4,
    get confidence() {
      return chances[state] ?? NaN;
    },
    get isGiven() {
      return hold.on || hold.next > 0;
    },
    push: () => inputs.push(),
    count(hops: number, beats: number, downbeat: number, inBreak = false): void {
      if (counted) {
        const steps = Math.max(1, Math.round(beats));
        inputs.take(hops, downbeat);
        net.step(inputs);
        evidence.weigh(inputs.relative, net.learned);
        // In a break what plays on may be off the beat, or begin its bars anywhere.
        if (!inBreak) filter.learn(evidence.states);
        filter.advance(steps);
        net.advance(steps);
        state = stateAfter(state, steps);
        stood += 1;
        settle(stood > stoodBeats ? stoodMargin : usualMargin);
      }
      if (hold.next > 0) takeGiven();
      counted = true;
      show();
    },
    expect(beat: number, metre = 0): void {
      hold.next = beat;
      hold.metre = metre;
    },
    goOn(): void {
      if (hold.next === 0) counter.expect(counted ? (counter.beat % counter.metre) + 1 : 1);
    },
    release(): void {
      hold.next = 0;
      hold.on = false;
    },
    drop(phase: number): void {
      const near = Math.round(phase);
      if (!counted || Math.abs(phase - near) > nearBeat) return;
      filter.weigh((s) => dropBelief[Math.min(3, barStates[stateAfter(s, near)]?.place ?? 3)] ?? NaN);
      settle(1);
      show();
    },
    reset(): void {
      inputs.reset();
      filter.reset();
      net.reset();
      combine();
      state = start;
      stood = 0;
      counted = false;
      show();
    },
  };
  return counter;
}
