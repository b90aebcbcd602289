import { barStates, firstState, metres, stateAfter } from "./bar-states.ts";

/** Forward filter over the places of all metres: how probable each is for the last counted beat. */
export interface BarFilter {
  /** Probability of each of `barStates`; sums to 1. */
  readonly belief: Float64Array;
  /** Takes the evidence of the sound of the last beat: a log likelihood of each state. */
  learn(evidence: Float64Array): void;
  /** Advances by some beats. */
  advance(beats: number): void;
  /** Multiplies the probability of each state. */
  weigh(factor: (state: number) => number): void;
  /** Puts nearly all probability on one place (0 is the first), of one metre or of all that have it. */
  give(place: number, beats: number | undefined): void;
  reset(): void;
}

/** Probability per beat that the music itself begins a new bar out of turn, or another metre. */
const jump = 0.0065;
/** Odds fade by this power per beat: the beats of a loop repeat the same evidence. */
const fade = 0.989;
/** Probability of a place that was given from outside. */
const givenBelief = 0.97;
const stateCount = barStates.length;
/** Probability of each state before any sound. */
const prior = Float64Array.from(barStates, (state) => state.prior);

export function createBarFilter(): BarFilter {
  const belief = Float64Array.from(prior);
  const turned = new Float64Array(stateCount);

  function weigh(factor: (state: number) => number): void {
    let sum = 0;
    for (let s = 0; s < stateCount; s += 1) sum += belief[s] = (belief[s] ?? NaN) * factor(s);
    for (let s = 0; s < stateCount; s += 1) belief[s] = (belief[s] ?? NaN) / sum;
  }

  return {
    belief,
    weigh,
    learn(evidence) {
      let sum = 0;
      for (let s = 0; s < stateCount; s += 1) sum += belief[s] = (belief[s] ?? NaN) ** fade * (prior[s] ?? NaN) ** (1 - fade) * Math.exp(evidence[s] ?? NaN);
      for (let s = 0; s < stateCount; s += 1) belief[s] = ((1 - jump) * (belief[s] ?? NaN)) / sum + jump * (prior[s] ?? NaN);
    },
    advance(beats) {
      for (let s = 0; s < stateCount; s += 1) turned[stateAfter(s, beats)] = belief[s] ?? NaN;
      belief.set(turned);
    },
    give(place, beats) {
      metres.forEach((metre, m) => {
        const first = firstState[m] ?? NaN;
        const states = belief.subarray(first, first + metre.beats);
        const isMeant = place < metre.beats && (beats === undefined || beats === metre.beats);
        const share = states.reduce((sum, value) => sum + value, 0) * (isMeant ? 1 : 1 - givenBelief);
        states.fill(isMeant ? ((1 - givenBelief) * share) / metre.beats : share / metre.beats);
        if (isMeant) states[place] = (states[place] ?? NaN) + givenBelief * share;
      });
      weigh(() => 1);
    },
    reset: () => belief.set(prior),
  };
}
