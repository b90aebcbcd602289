// The bar counter with a record of all its inputs and of its count, for fit_bar.py.
import { createBarCounter as createReal } from "../../packages/audio/dist/rhythm/bar/bar-counter.js";
import { createBeatFeatures } from "../../packages/audio/dist/rhythm/bar/beat-features.js";
import { createBeatRepeats } from "../../packages/audio/dist/rhythm/bar/beat-repeats.js";

/**
 * `inputs` is empty at the first beat, else downbeat, `beatFeatureNames` and `BeatRepeats.values` of the beat before.
 * @typedef {{ kind: "beat", step: number, inputs: number[], beat: number, metre: number } | { kind: "drop", phase: number, beat: number } | { kind: "reset" }} BarEvent
 */

/** In the order of time; emptied by its reader. @type {BarEvent[]} */
export const events = [];
const short = (/** @type {number} */ value) => Number(value.toFixed(6));

/** @type {typeof createReal} */
export const createBarCounter = (bands) => {
  const real = createReal(bands);
  const features = createBeatFeatures(bands);
  const repeats = createBeatRepeats(features.shape.length);
  let counted = false;
  return {
    get beat() {
      return real.beat;
    },
    get metre() {
      return real.metre;
    },
    get confidence() {
      return real.confidence;
    },
    get isGiven() {
      return real.isGiven;
    },
    push() {
      real.push();
      features.push();
    },
    count(hops, beats, downbeat) {
      real.count(hops, beats, downbeat);
      if (counted) {
        features.take(hops);
        repeats.take(features.shape);
      }
      const inputs = counted ? [downbeat, ...features.values, ...repeats.values].map(short) : [];
      events.push({ kind: "beat", step: counted ? short(beats) : 1, inputs, beat: real.beat, metre: real.metre });
      counted = true;
    },
    drop(phase) {
      real.drop(phase);
      if (counted) events.push({ kind: "drop", phase: short(phase), beat: real.beat });
    },
    expect: (beat, metre) => real.expect(beat, metre),
    goOn: () => real.goOn(),
    release: () => real.release(),
    reset() {
      real.reset();
      features.reset();
      repeats.reset();
      counted = false;
      events.push({ kind: "reset" });
    },
  };
};
