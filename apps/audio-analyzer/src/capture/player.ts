import { startFrameTimer } from "../frame-timer.ts";
import type { SamplesListener } from "./audio-source.ts";

const blocksPerSecond = 60;

/** After a pause of this process longer than this many blocks the player jumps to the current time instead of catching up. */
const longestCatchUp = 15;

/** Endless mono sound. */
export interface Sound {
  /** Hz */
  readonly sampleRate: number;
  /** Fills `block` with the next samples; returns their number, which is smaller only where the sound is not known yet. */
  next(block: Float32Array): number;
}

/**
 * Plays a sound in real time, sixty blocks per second.
 * @returns a function that stops it
 */
export function play(sound: Sound, onSamples: SamplesListener): () => void {
  let buffer = new Float32Array(0);
  let blocks = 0;
  return startFrameTimer(blocksPerSecond, (now) => {
    const from = Math.max(blocks, now - longestCatchUp);
    blocks = now;
    const { sampleRate } = sound;
    const count = boundary(now, sampleRate) - boundary(from, sampleRate);
    if (buffer.length < count) buffer = new Float32Array(count);
    const filled = sound.next(buffer.subarray(0, count));
    if (filled > 0) onSamples(buffer.subarray(0, filled), 1, sampleRate);
  });
}

/** First sample of a block; with a rate that is not a multiple of 60, blocks differ by one sample. */
function boundary(block: number, sampleRate: number): number {
  return Math.round((block * sampleRate) / blocksPerSecond);
}
