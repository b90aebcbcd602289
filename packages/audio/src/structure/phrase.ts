/** Counts bars in phrases of eight: a filter over the eight places, from where the sound changes. */
export interface Phrase {
  /** Bar of the phrase, 1..8; 0 while no bar was counted. */
  readonly bar: number;
  /** Bars since the last drop or break began, or since the music did. */
  readonly since: number;
  /** Probability of that bar, 0..1. */
  readonly confidence: number;
  /**
   * A bar begins.
   * @param steps bars since the last one; the first time: since the music began
   */
  next(steps: number): void;
  /** A section began so many bars before the one of now; -1: with the next one. @param sure probability that it begins a phrase; @param counts it is a drop or a break */
  section(ago: number, sure: number, counts: boolean): void;
  reset(): void;
}

const bars = 8;
/** Probability per bar that a phrase begins out of turn. */
const jump = 0.003;
/** Another bar must be this many times likelier before the count moves to it. */
const margin = 1.5;
/** Probability that the first bar of the music is the first of a phrase. */
const startBelief = 0.6;

export function createPhrase(): Phrase {
  const belief = new Float64Array(bars).fill(1 / bars);
  const turned = new Float64Array(bars);
  const state = { at: -1, since: 0 };

  function scale(): void {
    const sum = belief.reduce((total, value) => total + value, 0);
    for (let k = 0; k < bars; k += 1) belief[k] = (belief[k] ?? NaN) / sum;
  }

  function settle(): void {
    let best = state.at;
    for (let k = 0; k < bars; k += 1) if ((belief[k] ?? NaN) > (belief[best] ?? NaN)) best = k;
    if ((belief[best] ?? NaN) > margin * (belief[state.at] ?? NaN)) state.at = best;
    show();
  }

  function show(): void {
    phrase.bar = state.at + 1;
    phrase.since = Math.max(0, state.since);
    phrase.confidence = belief[state.at] ?? NaN;
  }

  const phrase = {
    bar: 0,
    since: 0,
    confidence: 0,
    next(steps: number): void {
      if (state.at < 0) {
        belief.fill((1 - startBelief) / (bars - 1));
        state.at = steps % bars;
        belief[state.at] = startBelief;
        state.since = steps;
        show();
        return;
      }
      for (let k = 0; k < bars; k += 1) turned[(k + steps) % bars] = (1 - jump) * (belief[k] ?? NaN) + jump / bars;
      belief.set(turned);
      state.at = (state.at + steps) % bars;
      state.since += steps;
      settle();
    },
    section(ago: number, sure: number, counts: boolean): void {
      if (counts) state.since = ago;
      if (state.at < 0) return;
      for (let k = 0; k < bars; k += 1) belief[k] = (belief[k] ?? NaN) * (k === (ago + bars) % bars ? sure : (1 - sure) / (bars - 1));
      scale();
      settle();
    },
    reset(): void {
      belief.fill(1 / bars);
      state.at = -1;
      state.since = 0;
      phrase.bar = 0;
      phrase.since = 0;
      phrase.confidence = 0;
    },
  };
  return phrase;
}
