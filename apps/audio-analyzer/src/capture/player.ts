import { startFrameTimer } from "../frame-timer.ts";
import type { SamplesListener } from "./audio-source.ts";

const blocksPerSecond = 60;

/** After a pause of ours longer than this many blocks the player goes on where time is, not where it was. */
const longestCatchUp = 15;

/** Mono sound in memory, in parts, to which more may be added while it plays. */
export interface Sound {
  readonly parts: readonly Float32Array[];
  /** Hz; 0 before the first part. */
  readonly sampleRate: number;
  /** No more parts will come: after the last one the first follows. */
  readonly complete: boolean;
}

/**
 * Plays a sound in real time, looped, sixty blocks per second.
 * @returns what stops it
 */
export function play(sound: Sound, onSamples: SamplesListener): () => void {
  let block = new Float32Array(0);
  let part = 0;
  let position = 0;
  let blocks = 0;

  /** Fills `block`; returns how much of it, less than `count` only where the sound ends for now. */
  const fill = (count: number): number => {
    let filled = 0;
    while (filled < count) {
      const from = sound.parts[part];
      if (from === undefined) {
        if (!sound.complete || sound.parts.length === 0) break;
        part = 0;
        continue;
      }
      const piece = from.subarray(position, position + count - filled);
      block.set(piece, filled);
      filled += piece.length;
      position += piece.length;
      if (position < from.length) continue;
      part += 1;
      position = 0;
    }
    return filled;
  };

  return startFrameTimer(blocksPerSecond, (now) => {
    const from = Math.max(blocks, now - longestCatchUp);
    blocks = now;
    const { sampleRate } = sound;
    const count = boundary(now, sampleRate) - boundary(from, sampleRate);
    if (block.length < count) block = new Float32Array(count);
    const filled = fill(count);
    if (filled > 0) onSamples(block.subarray(0, filled), 1, sampleRate);
  });
}

function boundary(block: number, sampleRate: number): number {
  return Math.round((block * sampleRate) / blocksPerSecond);
}
