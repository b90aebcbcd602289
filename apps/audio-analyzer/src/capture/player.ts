import { startFrameTimer } from "../frame-timer.ts";
import type { SamplesListener } from "./audio-source.ts";

const blocksPerSecond = 60;

/** After a pause of ours longer than this many blocks the player goes on where time is, not where it was. */
const longestCatchUp = 15;

/** Mono sound that goes on for ever. */
export interface Sound {
  /** Hz */
  readonly sampleRate: number;
  /** Fills `block` with what comes next; returns how much of it, less only where the sound is not known yet. */
  next(block: Float32Array): number;
}

/**
 * Plays a sound in real time, sixty blocks per second.
 * @returns what stops it
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

/** Sample at which a block begins; blocks of a rate that is not a multiple of 60 differ by one sample. */
function boundary(block: number, sampleRate: number): number {
  return Math.round((block * sampleRate) / blocksPerSecond);
}
