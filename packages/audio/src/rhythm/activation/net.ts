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

/** out += input x weights, input and weights read from an offset; weights are row-major, one row per input. */
function accumulate(
  out: Float64Array,
  input: Float64Array,
  at: { input: number; row: number; rows: number },
  weights: Float64Array,
): void {
  const columns = out.length;
  const first = at.row * columns;
  const whole = columns - (columns % 4);
  // Four columns at once: each input is read once for them, and their sums stay out of memory.
  for (let c = 0; c < whole; c += 4) {
    let a = out[c] ?? NaN;
    let b = out[c + 1] ?? NaN;
    let d = out[c + 2] ?? NaN;
    let e = out[c + 3] ?? NaN;
    for (let i = 0, w = first + c; i < at.rows; i += 1, w += columns) {
      const x = input[at.input + i] ?? NaN;
      a += x * (weights[w] ?? NaN);
      b += x * (weights[w + 1] ?? NaN);
      d += x * (weights[w + 2] ?? NaN);
      e += x * (weights[w + 3] ?? NaN);
    }
    out[c] = a;
    out[c + 1] = b;
    out[c + 2] = d;
    out[c + 3] = e;
  }
  for (let c = whole; c < columns; c += 1)
    for (let i = 0, w = first + c; i < at.rows; i += 1, w += columns) out[c] = (out[c] ?? NaN) + (input[at.input + i] ?? NaN) * (weights[w] ?? NaN);
}

function rectify(values: Float64Array): void {
  for (let c = 0; c < values.length; c += 1) if ((values[c] ?? NaN) < 0) values[c] = 0;
}

/** Turns logits into probabilities, in place. */
function logistic(values: Float64Array): void {
  for (let k = 0; k < values.length; k += 1) values[k] = 1 / (1 + Math.exp(-(values[k] ?? NaN)));
}

/** Turns logits into probabilities that sum to 1, in place. */
function softmax(values: Float64Array): void {
  let most = -Infinity;
  for (let k = 0; k < values.length; k += 1) most = Math.max(most, values[k] ?? NaN);
  let sum = 0;
  for (let k = 0; k < values.length; k += 1) sum += values[k] = Math.exp((values[k] ?? NaN) - most);
  for (let k = 0; k < values.length; k += 1) values[k] = (values[k] ?? NaN) / sum;
}

/** One residual block: relu of a three-tap convolution with the given dilation, mixed back into the signal in place. */
function createBlock(
  weights: { taps: Float64Array; bias: Float64Array; mix: Float64Array },
  dilation: number,
): { step(signal: Float64Array): void; reset(): void } {
  const channels = weights.bias.length;
  const length = 2 * dilation + 1;
  const kept = new Float64Array(length * channels);
  const hidden = new Float64Array(channels);
  let now = 0;
  return {
    step(signal) {
      kept.set(signal, now * channels);
      hidden.set(weights.bias);
      for (let tap = 0; tap < 3; tap += 1) {
        const slot = (now + 1 + tap * dilation) % length;
        accumulate(hidden, kept, { input: slot * channels, row: tap * channels, rows: channels }, weights.taps);
      }
      rectify(hidden);
      accumulate(signal, hidden, { input: 0, row: 0, rows: channels }, weights.mix);
      now = now + 1 === length ? 0 : now + 1;
    },
    reset() {
      kept.fill(0);
      now = 0;
    },
  };
}

export function createBeatNet(weights: BeatNetWeights): BeatNet {
  const tensor = decodeTensors(weights);
  const entry = { taps: tensor("w_in"), bias: tensor("b_in") };
  const exit = { taps: tensor("w_out"), bias: tensor("b_out") };
  const tempoExit = { taps: tensor("w_tempo"), bias: tensor("b_tempo") };
  const blocks = weights.dilations.map((dilation, k) =>
    createBlock({ taps: tensor(`w${k}`), bias: tensor(`b${k}`), mix: tensor(`r${k}`) }, dilation),
  );
  const width = entry.taps.length / entry.bias.length;
  const input = new Float64Array(width);
  const signal = new Float64Array(entry.bias.length);
  const output = new Float64Array(exit.bias.length);
  const beat = new Float64Array(2);
  const downbeat = new Float64Array(2);
  const tempo = new Float64Array(tempoExit.bias.length);
  const wholeInput = { input: 0, row: 0, rows: width };
  const wholeSignal = { input: 0, row: 0, rows: signal.length };

  return {
    beat,
    downbeat,
    tempo,
    step(frames) {
      input.copyWithin(0, width / 2);
      for (let i = 0; i < width / 2; i += 1) input[width / 2 + i] = (frames[i] ?? NaN) - weights.centre;
      signal.set(entry.bias);
      accumulate(signal, input, wholeInput, entry.taps);
      rectify(signal);
      for (const block of blocks) block.step(signal);
      rectify(signal);
      output.set(exit.bias);
      accumulate(output, signal, wholeSignal, exit.taps);
      logistic(output);
      tempo.set(tempoExit.bias);
      accumulate(tempo, signal, wholeSignal, tempoExit.taps);
      softmax(tempo);
      for (let frame = 0; frame < 2; frame += 1) {
        beat[frame] = output[2 * frame] ?? NaN;
        downbeat[frame] = output[2 * frame + 1] ?? NaN;
      }
    },
    reset() {
      input.fill(0);
      for (const block of blocks) block.reset();
    },
  };
}
