// The bar counter with a record of all that it is told and of what it counts, for fit_bar.py.
import { createBarCounter as createReal } from "../../packages/audio/dist/rhythm/bar/bar-counter.js";
import { createBeatFeatures } from "../../packages/audio/dist/rhythm/bar/beat-features.js";

/** In the order of time; emptied by its reader. `told` is empty at the first beat, else downbeat and `beatFeatureNames` of the beat before. */
export const events = [];
const short = (value) => Number(value.toFixed(6));

export const createBarCounter = (bands) => {
  const real = createReal(bands);
  const features = createBeatFeatures(bands);
  let counted = false;
  return {
    get beat() {
      return real.beat;
    },
    push() {
      real.push();
      features.push();
    },
    count(hops, beats, downbeat) {
      real.count(hops, beats, downbeat);
      if (counted) features.take(hops);
      const told = counted ? [downbeat, ...features.values].map(short) : [];
      events.push({ kind: "beat", step: counted ? short(beats) : 1, told, beat: real.beat });
      counted = true;
    },
    drop(phase) {
      real.drop(phase);
      if (counted) events.push({ kind: "drop", phase: short(phase), beat: real.beat });
    },
    reset() {
      real.reset();
      features.reset();
      counted = false;
      events.push({ kind: "reset" });
    },
  };
};
