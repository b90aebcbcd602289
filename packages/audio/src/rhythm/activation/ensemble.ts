import { createBeatNet } from "./net.ts";
import type { BeatNet } from "./net.ts";
import { firstWeights } from "./weights-first.ts";
import { secondWeights } from "./weights-second.ts";

/** Shares of the networks in the mean: the larger one errs less. `SHARES` in scripts/train-beats/bar_rows.py is the same. */
const shares = [2 / 3, 1 / 3];

/** out = mean of the parts, element by element. */
function average(out: Float64Array, parts: readonly Float64Array[]): void {
  out.fill(0);
  parts.forEach((part, n) => {
    for (let k = 0; k < out.length; k += 1) out[k] = (out[k] ?? NaN) + (shares[n] ?? NaN) * (part[k] ?? NaN);
  });
}

/** The mean of networks of two sizes that were trained with different seeds and so make different errors. */
export function createBeatNets(): BeatNet {
  const nets = [firstWeights, secondWeights].map(createBeatNet);
  const beats = nets.map((net) => net.beat);
  const downbeats = nets.map((net) => net.downbeat);
  const tempi = nets.map((net) => net.tempo);
  const beat = new Float64Array(2);
  const downbeat = new Float64Array(2);
  const tempo = new Float64Array(tempi[0]?.length ?? NaN);

  return {
    beat,
    downbeat,
    tempo,
    step(frames) {
      for (const net of nets) net.step(frames);
      average(beat, beats);
      average(downbeat, downbeats);
      average(tempo, tempi);
    },
    reset() {
      for (const net of nets) net.reset();
    },
  };
}
