import { createBeatNet } from "./net.ts";
import type { BeatNet } from "./net.ts";
import { earlyWeights } from "./weights-early.ts";
import { wideWeights } from "./weights-wide.ts";
import { beatNetWeights } from "./weights.ts";

/** Several networks as one. */
export interface BeatNets extends BeatNet {
  /** Probability of a beat in each of the two frames, 0..1, by the networks to which the evidence of music and against beats by hand is fitted. */
  readonly fitted: Float64Array;
}

/** out = mean of the parts, element by element. */
function average(out: Float64Array, parts: readonly Float64Array[]): void {
  out.fill(0);
  for (const part of parts) for (let k = 0; k < out.length; k += 1) out[k] = (out[k] ?? NaN) + (part[k] ?? NaN) / parts.length;
}

/** Number of networks, from the first on, to whose mean the evidence is fitted: the last one finds fewer beats in noise and in breakdowns. */
const fittedCount = 2;

/** The mean of networks that were trained on different music and so make different errors. */
export function createBeatNets(): BeatNets {
  const nets = [earlyWeights, beatNetWeights, wideWeights].map(createBeatNet);
  const beats = nets.map((net) => net.beat);
  const fittedBeats = beats.slice(0, fittedCount);
  const downbeats = nets.map((net) => net.downbeat);
  const tempi = nets.map((net) => net.tempo);
  const beat = new Float64Array(2);
  const fitted = new Float64Array(2);
  const downbeat = new Float64Array(2);
  const tempo = new Float64Array(tempi[0]?.length ?? NaN);

  return {
    beat,
    fitted,
    downbeat,
    tempo,
    step(frames) {
      for (const net of nets) net.step(frames);
      average(beat, beats);
      average(fitted, fittedBeats);
      average(downbeat, downbeats);
      average(tempo, tempi);
    },
    reset() {
      for (const net of nets) net.reset();
    },
  };
}
