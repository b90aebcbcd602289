// The evidence of music without weights, for fit_evidence.py: there is never music, and what is measured is recorded ten times a second.
import { createEvidenceMeasures } from "../../packages/audio/dist/rhythm/trust/evidence-measures.js";

/** Frames from row to row. */
const every = 10;

/** `rows`: `values` of EvidenceMeasures, every tenth frame since the start; emptied by its reader. */
export const record = { rows: /** @type {number[]} */ ([]) };

/** @type {typeof import("../../packages/audio/dist/rhythm/trust/music-evidence.js").createMusicEvidence} */
export const createMusicEvidence = () => {
  const measures = createEvidenceMeasures();
  let frames = 0;
  return {
    present: false,
    sure: false,
    evident: false,
    hasBass: false,
    known: { mass: 0, bass: 0, power: 0, weight: 0, odds: 0 },
    push(activation, onBeat) {
      measures.push(activation, onBeat, this.known);
      frames += 1;
      if (frames % every > 0) return;
      measures.measure();
      record.rows.push(...measures.values);
    },
    reset: () => measures.reset(),
  };
};
