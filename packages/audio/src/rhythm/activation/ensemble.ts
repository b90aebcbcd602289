import { createBeatNet } from "./net.ts";
import type { BeatNet } from "./net.ts";
import { earlyWeights } from "./weights-early.ts";
import { beatNetWeights } from "./weights.ts";

/** out = mean of the parts, element by element. */
function average(out: Float64Array, parts: readonly Float64Array[]): void {
  out.fill(0);
  for (const part of parts) for (let k = 0; k < out.length; k += 1) out[k] = (out[k] ?? 0) + (part[k] ?? 0) / parts.length;
}

/** The mean of two networks that were trained on different music and so make different errors. */
export function createBeatNets(): BeatNet {
  const nets = [earlyWeights, beatNetWeights].map(createBeatNet);
  const beats = nets.map((net) => net.beat);
  const downbeats = nets.map((net) => net.downbeat);
  const tempi = nets.map((net) => net.tempo);
  const beat = new Float64Array(2);
  const downbeat = new Float64Array(2);
  const tempo = new Float64Array(tempi[0]?.length ?? 0);

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
