/**
 * Counts bars in phrases of eight: a filter over the places in a phrase, from where the sound changes. It has several places for each bar, because the
 * bars may be counted wrong where a phrase begins, and turn later: then the phrase stays where the sound changed.
 */
export interface Phrase {
  /** Bar of the phrase, 1..8; 0 while no bar was counted. */
  readonly bar: number;
  /** Bars since the last drop or break began, or since the music did. */
  readonly since: number;
  /** Probability of that bar, 0..1. */
  readonly confidence: number;
  /**
   * A bar begins.
   * @param passed bars since the last one began, with fractions where the count turned; the first time: since the music began
   */
  next(passed: number): void;
  /**
   * A section began so many bars before the bar of now did; negative: since.
   * @param within bars since the bar of now began
   * @param sure probability that it begins a phrase
   * @param counts it is a drop or a break
   */
  section(ago: number, within: number, sure: number, counts: boolean): void;
  /** What began so many bars before the bar of now was a break. */
  break(ago: number): void;
  reset(): void;
}

const bars = 8;
/** Places of a bar. */
const fine = 8;
const places = bars * fine;
/** A bar that is as long as the last one, but for this share of it, is one bar: small errors do not add up. */
const even = 0.15;
/** Probability per bar that a phrase begins out of turn. */
const jump = 0.003;
/** How exactly the beginning of a section is known, bars; and the sum of its bell over all places. */
const width = 0.2;
const area = Math.sqrt(2 * Math.PI) * width * fine;
/** Another bar must be this many times likelier before the count moves to it. */
const margin = 1.5;
/** A bar is that of the phrase in which its middle is, or, late in the bar, in which this part of it is, bars: its line is not exact. */
const soonest = 0.5;
const latest = 0.75;
/** Probability that the first bar of the music is the first of a phrase. */
const startBelief = 0.6;

const wrapped = (value: number, length: number): number => ((value % length) + length) % length;

/** Whole bars where it is nearly that. */
const evened = (passed: number): number => (Math.abs(passed - Math.round(passed)) < even ? Math.round(passed) : passed);

/** How far a place is from the beginning of a phrase so many bars ago, bars. */
const distance = (place: number, ago: number): number => wrapped((place + 0.5) / fine - ago + bars / 2, bars) - bars / 2;

export function createPhrase(): Phrase {
  const belief = new Float64Array(places);
  const turned = new Float64Array(places);
  const counted = new Float64Array(bars);
  /** `at`: bar of the phrase from 0, -1 before the first; `rest`: what the places have not turned yet, places. */
  const state = { at: -1, since: 0.5, rest: 0.5 };

  /** The phrase began so many bars before the bar of now. */
  function learn(ago: number, sure: number): void {
    let all = 0;
    for (let k = 0; k < places; k += 1) {
      const likely = Math.exp(-0.5 * (distance(k, ago) / width) ** 2) / area;
      all += belief[k] = (belief[k] ?? NaN) * (sure * likely + (1 - sure) / places);
    }
    for (let k = 0; k < places; k += 1) belief[k] = (belief[k] ?? NaN) / all;
  }

  function turn(passed: number): void {
    state.rest += passed * fine;
    const steps = Math.round(state.rest);
    state.rest -= steps;
    const share = 1 - Math.min(1, jump * passed);
    for (let k = 0; k < places; k += 1) turned[wrapped(k + steps, places)] = share * (belief[k] ?? NaN) + (1 - share) / places;
    belief.set(turned);
  }

  /** @param within bars since the bar of now began: a phrase that began in the middle of a bar plays from there on */
  function settle(within: number): void {
    counted.fill(0);
    const now = Math.round(fine * Math.max(soonest, Math.min(latest, within)));
    for (let k = 0; k < places; k += 1) {
      const bar = Math.floor((k + now) / fine) % bars;
      counted[bar] = (counted[bar] ?? NaN) + (belief[k] ?? NaN);
    }
    let best = state.at;
    for (let k = 0; k < bars; k += 1) if ((counted[k] ?? NaN) > (counted[best] ?? NaN)) best = k;
    if ((counted[best] ?? NaN) > margin * (counted[state.at] ?? NaN)) state.at = best;
    phrase.bar = state.at + 1;
    phrase.since = Math.max(0, Math.round(state.since));
    phrase.confidence = counted[state.at] ?? NaN;
  }

  const phrase = {
    bar: 0,
    since: 0,
    confidence: 0,
    next(passed: number): void {
      const steps = evened(passed);
      state.since += steps;
      if (state.at < 0) learn(steps, startBelief);
      else turn(steps);
      state.at = wrapped(Math.round(Math.max(0, state.at) + steps), bars);
      settle(0);
    },
    section(ago: number, within: number, sure: number, counts: boolean): void {
      if (counts) state.since = ago;
      if (state.at < 0) return;
      learn(ago, sure);
      settle(within);
    },
    break(ago: number): void {
      state.since = ago;
    },
    reset(): void {
      belief.fill(1 / places);
      state.at = -1;
      state.since = 0;
      state.rest = 0;
      phrase.bar = 0;
      phrase.since = 0;
      phrase.confidence = 0;
    },
  };
  phrase.reset();
  return phrase;
}
