// The end of music without weights, for fit_gate.py: music never ends, and what it measures in each frame is recorded.
import { createEndingMeasures } from "../../packages/audio/dist/rhythm/trust/ending-measures.js";

/**
 * `until`: second at which the music ends, after which nothing is learned; to be set. `rows`: hop of 10 ms, `height` and `values`
 * of EndingMeasures, for each frame since music was found; emptied by its reader.
 */
export const record = { until: Infinity, rows: /** @type {number[]} */ ([]) };

/** @type {typeof import("../../packages/audio/dist/rhythm/trust/ending.js").createEnding} */
export const createEnding = (bandCount) => {
  const measures = createEndingMeasures(bandCount);
  let hops = 0;
  let begun = false;
  return {
    ended: false,
    alike: false,
    kept: false,
    listen(bands, peak) {
      hops += 1;
      measures.listen(bands, peak);
    },
    push(activation, onBeat, { isMusic, attacks }) {
      measures.push(activation, onBeat);
      if (!begun) return;
      if (isMusic && hops < 100 * record.until) measures.learn();
      measures.measure(attacks);
      measures.compare();
      record.rows.push(hops, measures.height, ...measures.values);
    },
    begin() {
      if (begun) return;
      begun = true;
      measures.learn();
    },
    reset() {},
  };
};
