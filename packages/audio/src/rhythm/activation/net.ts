import { createDilatedNet } from "../../net/dilated-net.ts";
import type { DilatedNetWeights } from "../../net/dilated-net.ts";

/**
 * Activation of beat, downbeat and tempo: a `DilatedNet` trained by scripts/train-beats on music it synthesises itself.
 * One step takes two frames of `LogBands.values` and gives activations for two frames, `netDelay` frames back.
 */
export interface BeatNet {
  /** Probability of a beat in each of the two frames, 0..1. */
  readonly beat: Float64Array;
  /** Probability of a downbeat in each of the two frames, 0..1. */
  readonly downbeat: Float64Array;
  /** Probability of each tempo class, see `tempo/evidence.ts`; sums to 1. */
  readonly tempo: Float64Array;
  /** @param frames the older frame, then the newer, each of as many bands as the network was trained with */
  step(frames: Float64Array): void;
  reset(): void;
}

/** Frames between an onset reaching the front end and its activation. */
export const netDelay = 6;

const logistic = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Turns logits into probabilities that sum to 1; further logits are left out. */
function softmax(out: Float64Array, logits: Float32Array): void {
  let most = -Infinity;
  for (let k = 0; k < out.length; k += 1) most = Math.max(most, logits[k] ?? NaN);
  let sum = 0;
  for (let k = 0; k < out.length; k += 1) sum += out[k] = Math.exp((logits[k] ?? NaN) - most);
  for (let k = 0; k < out.length; k += 1) out[k] = (out[k] ?? NaN) / sum;
}

export function createBeatNet(weights: DilatedNetWeights): BeatNet {
  const net = createDilatedNet(weights);
  const [out, tempoOut] = [net.exit("out"), net.exit("tempo")];
  const { input } = net;
  const width = input.length;
  const beat = new Float64Array(2);
  const downbeat = new Float64Array(2);
  const tempo = new Float64Array(tempoOut.length);

  return {
    beat,
    downbeat,
    tempo,
    step(frames) {
      input.copyWithin(0, width / 2);
      for (let i = 0; i < width / 2; i += 1) input[width / 2 + i] = (frames[i] ?? NaN) - weights.centre;
      net.step();
      softmax(tempo, tempoOut);
      for (let frame = 0; frame < 2; frame += 1) {
        beat[frame] = logistic(out[2 * frame] ?? NaN);
        downbeat[frame] = logistic(out[2 * frame + 1] ?? NaN);
      }
    },
    reset: () => net.reset(),
  };
}
