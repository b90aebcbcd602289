import { createCancelMeter } from "./cancel-meter.ts";
import { AudioError } from "../errors.ts";

/** Duration of one measurement, s. */
const blockSeconds = 0.05;
/**
 * The channels must cancel for the first time until only the loudest is used, and be fine for the second until all are
 * mixed again, s.
 */
const cancelSeconds = 0.3;
const mixSeconds = 2;
/** Another channel replaces the one in use when it has this many times its power for this long, s. */
const louderShare = 4;
const louderSeconds = 1;
/** A change of the channel is a ramp of this length, s, so that it does not click. */
const rampSeconds = 0.02;

/** Mixes several channels to one. Detects channels that cancel each other, and then uses only the loudest one. */
export interface MixDown {
  /** Index of the only channel in use because the mean of all would cancel; -1 while the mean is used. */
  readonly alone: number;
  /**
   * Mixes interleaved samples into `mono` from index 0; returns the number of mono samples. An incomplete last frame is
   * left out; a sample that is not finite counts as 0. A new number of channels or a new rate restarts it, and only then
   * is memory allocated. @throws AudioError `range` when `channels` is not a whole number from 1 to 64, or `mono` is too short.
   */
  mix(interleaved: Float32Array, channels: number, sampleRate: number, mono: Float32Array): number;
}

/** A {@link MixDown} for one stream; it learns the number of channels and the rate from its first samples. */
export function createMixDown(): MixDown {
  let rate = 0;
  let meter = createCancelMeter(1, 1);
  let frame = new Float64Array(0);
  let weights = new Float64Array(0);
  const block = { left: 0, length: 0 };
  const since = { cancelled: 0, mixed: 0, louder: 0 };
  const ramp = { left: 0 };
  const mixDown = {
    alone: -1,
    mix(interleaved: Float32Array, channels: number, sampleRate: number, mono: Float32Array): number {
      if (channels !== frame.length || sampleRate !== rate) begin(channels, sampleRate);
      const count = Math.floor(interleaved.length / channels);
      if (mono.length < count) throw new AudioError("range", `the mono buffer holds ${mono.length} samples; ${count} are needed`);
      for (let i = 0; i < count; i += 1) {
        if (ramp.left > 0) turn();
        let taken = 0;
        for (let c = 0; c < channels; c += 1) {
          const raw = interleaved[i * channels + c] ?? NaN;
          const sample = Number.isFinite(raw) ? raw : 0;
          frame[c] = sample;
          taken += (weights[c] ?? NaN) * sample;
        }
        mono[i] = taken;
        if (channels === 1) continue;
        meter.take(frame);
        block.left -= 1;
        if (block.left > 0) continue;
        block.left = block.length;
        if (meter.endBlock()) choose();
      }
      return count;
    },
  };

  function begin(channels: number, sampleRate: number): void {
    if (!Number.isInteger(channels) || channels < 1 || channels > 64) {
      throw new AudioError("range", `channels is ${channels}; it must be a whole number from 1 to 64`);
    }
    rate = sampleRate;
    meter = createCancelMeter(channels, sampleRate);
    frame = new Float64Array(channels);
    weights = new Float64Array(channels).fill(1 / channels);
    block.length = Math.max(1, Math.round(blockSeconds * sampleRate));
    block.left = block.length;
    ramp.left = 0;
    since.cancelled = 0;
    since.mixed = 0;
    since.louder = 0;
    mixDown.alone = -1;
  }

  /** Moves the weights by one sample towards their targets. */
  function turn(): void {
    for (let c = 0; c < weights.length; c += 1) {
      const wanted = mixDown.alone < 0 ? 1 / weights.length : c === mixDown.alone ? 1 : 0;
      weights[c] = (weights[c] ?? NaN) + (wanted - (weights[c] ?? NaN)) / ramp.left;
    }
    ramp.left -= 1;
  }

  function take(channel: number): void {
    mixDown.alone = channel;
    since.cancelled = 0;
    since.mixed = 0;
    since.louder = 0;
    ramp.left = Math.max(1, Math.round(rampSeconds * rate));
  }

  function choose(): void {
    const { cancelling, fine, loudest } = meter;
    if (mixDown.alone < 0) {
      since.cancelled = cancelling ? since.cancelled + blockSeconds : 0;
      if (since.cancelled >= cancelSeconds) take(loudest);
      return;
    }
    since.mixed = fine ? since.mixed + blockSeconds : 0;
    since.louder = meter.power(loudest) > louderShare * meter.power(mixDown.alone) ? since.louder + blockSeconds : 0;
    if (since.mixed >= mixSeconds) take(-1);
    else if (since.louder >= louderSeconds) take(loudest);
  }

  return mixDown;
}
