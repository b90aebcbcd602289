import { createKernel } from "./kernel.ts";
import type { Kernel } from "./kernel.ts";
import { decodeTensors } from "./tensors.ts";
import type { PackedTensors } from "./tensors.ts";

/**
 * Result of training: the tensors, the offset subtracted from each input, and the distance between the taps of each
 * block, in steps.
 */
export interface BeatNetWeights extends PackedTensors {
  readonly centre: number;
  readonly dilations: readonly number[];
}

/**
 * Activation of beat, downbeat and tempo: a causal network of dilated convolutions with residuals (after Davies and Böck 2019, "Temporal
 * convolutional networks for musical audio beat tracking"), trained by scripts/train-beats on music it synthesises itself.
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

function rectify(values: Float32Array): void {
  for (let c = 0; c < values.length; c += 1) if ((values[c] ?? NaN) < 0) values[c] = 0;
}

const logistic = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Turns logits into probabilities that sum to 1; further logits are left out. */
function softmax(out: Float64Array, logits: Float32Array): void {
  let most = -Infinity;
  for (let k = 0; k < out.length; k += 1) most = Math.max(most, logits[k] ?? NaN);
  let sum = 0;
  for (let k = 0; k < out.length; k += 1) sum += out[k] = Math.exp((logits[k] ?? NaN) - most);
  for (let k = 0; k < out.length; k += 1) out[k] = (out[k] ?? NaN) / sum;
}

/** The next multiple of four: the kernel takes no other number of columns. */
const widthOf = (columns: number): number => 4 * Math.ceil(columns / 4);

/** Rows of weights as a matrix in the kernel, with columns of zeros up to a multiple of four. */
function createMatrix(kernel: Kernel, weights: Float64Array, columns: number): Float32Array {
  const width = widthOf(columns);
  const rows = weights.length / columns;
  const matrix = kernel.vector(rows * width);
  for (let row = 0; row < rows; row += 1) matrix.set(weights.subarray(row * columns, (row + 1) * columns), row * width);
  return matrix;
}

function createVector(kernel: Kernel, values: Float64Array): Float32Array {
  const vector = kernel.vector(widthOf(values.length));
  vector.set(values);
  return vector;
}

/** bias + input x weights. */
interface Layer {
  readonly output: Float32Array;
  step(input: Float32Array): void;
}

function createLayer(kernel: Kernel, weights: Float64Array, bias: Float64Array): Layer {
  const output = kernel.vector(widthOf(bias.length));
  const matrix = createMatrix(kernel, weights, bias.length);
  const start = createVector(kernel, bias);
  return {
    output,
    step(input) {
      output.set(start);
      kernel.accumulate(output, input, matrix);
    },
  };
}

/** One residual block: relu of a three-tap convolution with the given dilation, mixed back into the signal in place. */
function createBlock(
  kernel: Kernel,
  { taps, bias, mix }: { taps: Float64Array; bias: Float64Array; mix: Float64Array },
  dilation: number,
): { step(signal: Float32Array): void; reset(): void } {
  const channels = bias.length;
  const matrices = [0, 1, 2].map((tap) => createMatrix(kernel, taps.subarray(tap * channels ** 2, (tap + 1) * channels ** 2), channels));
  const mixing = createMatrix(kernel, mix, channels);
  const kept = Array.from({ length: 2 * dilation + 1 }, () => kernel.vector(channels));
  const start = createVector(kernel, bias);
  const hidden = kernel.vector(channels);
  let now = 0;
  return {
    step(signal) {
      kept[now]?.set(signal);
      hidden.set(start);
      for (let tap = 0; tap < 3; tap += 1) {
        const input = kept[(now + 1 + tap * dilation) % kept.length];
        const matrix = matrices[tap];
        if (input !== undefined && matrix !== undefined) kernel.accumulate(hidden, input, matrix);
      }
      rectify(hidden);
      kernel.accumulate(signal, hidden, mixing);
      now = (now + 1) % kept.length;
    },
    reset() {
      for (const signal of kept) signal.fill(0);
      now = 0;
    },
  };
}

/** Floats that the kernel of a network has room for: its weights (a byte each, in base64), what its blocks keep, and the vectors between. */
function floatsOf({ tensors, dilations }: BeatNetWeights, channels: number): number {
  const weights = Object.values(tensors).reduce((sum, { data }) => sum + data.length * (3 / 4), 0);
  return weights + dilations.reduce((sum, dilation) => sum + (2 * dilation + 3) * channels, 0) + 16 * channels;
}

/** @throws {RangeError} if the channels are not a multiple of four */
export function createBeatNet(weights: BeatNetWeights): BeatNet {
  const tensor = decodeTensors(weights);
  const channels = tensor("b_in").length;
  const kernel = createKernel(floatsOf(weights, channels));
  const entry = createLayer(kernel, tensor("w_in"), tensor("b_in"));
  const blocks = weights.dilations.map((dilation, k) =>
    createBlock(kernel, { taps: tensor(`w${k}`), bias: tensor(`b${k}`), mix: tensor(`r${k}`) }, dilation),
  );
  const exit = createLayer(kernel, tensor("w_out"), tensor("b_out"));
  const tempoExit = createLayer(kernel, tensor("w_tempo"), tensor("b_tempo"));
  const width = tensor("w_in").length / channels;
  const input = kernel.vector(width);
  const signal = entry.output;
  const beat = new Float64Array(2);
  const downbeat = new Float64Array(2);
  const tempo = new Float64Array(tensor("b_tempo").length);

  return {
    beat,
    downbeat,
    tempo,
    step(frames) {
      input.copyWithin(0, width / 2);
      for (let i = 0; i < width / 2; i += 1) input[width / 2 + i] = (frames[i] ?? NaN) - weights.centre;
      entry.step(input);
      rectify(signal);
      for (const block of blocks) block.step(signal);
      rectify(signal);
      exit.step(signal);
      tempoExit.step(signal);
      softmax(tempo, tempoExit.output);
      for (let frame = 0; frame < 2; frame += 1) {
        beat[frame] = logistic(exit.output[2 * frame] ?? NaN);
        downbeat[frame] = logistic(exit.output[2 * frame + 1] ?? NaN);
      }
    },
    reset() {
      input.fill(0);
      for (const block of blocks) block.reset();
    },
  };
}
