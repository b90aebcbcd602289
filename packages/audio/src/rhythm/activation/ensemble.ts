import { createBeatNet } from "./net.ts";
import type { BeatNet } from "./net.ts";
import { firstWeights } from "./weights-first.ts";
import { secondWeights } from "./weights-second.ts";

/** out = mean of the parts, element by element. */
function average(out: Float64Array, parts: readonly Float64Array[]): void {
  out.fill(0);
  for (const part of parts) for (let k = 0; k < out.length; k += 1) out[k] = (out[k] ?? NaN) + (part[k] ?? NaN) / parts.length;
}

/** The mean of networks that were trained with different seeds, and so make different errors. */
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
