// The bar counter with a record of all its inputs and of its count, for fit_bar.py.
import { createBarCounter as createReal } from "../../packages/audio/dist/rhythm/bar/bar-counter.js";
import { createBarNet } from "../../packages/audio/dist/rhythm/bar/bar-net.js";
import { createBeatInputs } from "../../packages/audio/dist/rhythm/bar/beat-inputs.js";

/**
 * `inputs` is empty at the first beat, else downbeat, `beatFeatureNames` and `BeatRepeats.values` of the beat before; `net`: `BarNet.learned` of that beat.
 * @typedef {{ kind: "beat", step: number, inputs: number[], net: number[], beat: number, metre: number } | { kind: "drop", phase: number, beat: number } | { kind: "reset" }} BarEvent
 */

/** In the order of time; emptied by its reader. @type {BarEvent[]} */
export const events = [];
const short = (/** @type {number} */ value) => Number(value.toFixed(6));

/** @type {typeof createReal} */
export const createBarCounter = (bands) => {
  const real = createReal(bands);
  const last = createBeatInputs(bands);
  const net = createBarNet();
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
      last.push();
    },
    count(hops, beats, downbeat) {
      real.count(hops, beats, downbeat);
      if (counted) {
        last.take(hops, downbeat);
        net.step(last);
      }
      const inputs = counted ? [downbeat, ...last.features.values, ...last.repeats.values].map(short) : [];
      events.push({ kind: "beat", step: counted ? short(beats) : 1, inputs, net: counted ? [...net.learned] : [], beat: real.beat, metre: real.metre });
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
      last.reset();
      net.reset();
      counted = false;
      events.push({ kind: "reset" });
    },
  };
};
