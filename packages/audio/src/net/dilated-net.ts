import { createKernel } from "./kernel.ts";
import type { Kernel } from "./kernel.ts";
import { decodeTensors } from "./tensors.ts";
import type { PackedTensors } from "./tensors.ts";

/** Result of training: the tensors, the offset subtracted from inputs that are log bands, and the distance between the taps of each block, in steps. */
export interface DilatedNetWeights extends PackedTensors {
  readonly centre: number;
  readonly dilations: readonly number[];
}

/**
 * A causal network of dilated convolutions with residuals (after Davies and Böck 2019, "Temporal convolutional networks for musical audio
 * beat tracking"), computed step by step.
 */
export interface DilatedNet {
  /** To be filled before each step. */
  readonly input: Float32Array;
  /** Adds an exit with the tensors "w_NAME" and "b_NAME". @returns its logits, new after each step */
  exit(name: string): Float32Array;
  step(): void;
  /** Forgets the earlier steps, and the input. */
  reset(): void;
}

function rectify(values: Float32Array): void {
  for (let c = 0; c < values.length; c += 1) if ((values[c] ?? NaN) < 0) values[c] = 0;
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
function floatsOf({ tensors, dilations }: DilatedNetWeights, channels: number): number {
  const weights = Object.values(tensors).reduce((sum, { data }) => sum + data.length * (3 / 4), 0);
  return weights + dilations.reduce((sum, dilation) => sum + (2 * dilation + 3) * channels, 0) + 16 * channels;
}

/** @throws {RangeError} if the channels are not a multiple of four */
export function createDilatedNet(weights: DilatedNetWeights): DilatedNet {
  const tensor = decodeTensors(weights);
  const channels = tensor("b_in").length;
  const kernel = createKernel(floatsOf(weights, channels));
  const entry = createLayer(kernel, tensor("w_in"), tensor("b_in"));
  const blocks = weights.dilations.map((dilation, k) =>
    createBlock(kernel, { taps: tensor(`w${k}`), bias: tensor(`b${k}`), mix: tensor(`r${k}`) }, dilation),
  );
  const exits: Layer[] = [];
  const input = kernel.vector(tensor("w_in").length / channels);
  const signal = entry.output;

  return {
    input,
    exit(name) {
      const bias = tensor(`b_${name}`);
      const exit = createLayer(kernel, tensor(`w_${name}`), bias);
      exits.push(exit);
      return exit.output.subarray(0, bias.length);
    },
    step() {
      entry.step(input);
      rectify(signal);
      for (const block of blocks) block.step(signal);
      rectify(signal);
      for (const exit of exits) exit.step(signal);
    },
    reset() {
      input.fill(0);
      for (const block of blocks) block.reset();
    },
  };
}
