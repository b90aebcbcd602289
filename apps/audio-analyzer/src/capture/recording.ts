import type { Sound } from "./player.ts";

/** A recording in memory, to which parts may be added while it plays. It is looped once it is complete. */
export interface Recording extends Sound {
  /** Nothing was added yet. */
  readonly empty: boolean;
  add(part: Float32Array, sampleRate: number): void;
  /** No more parts will come: after the last one the first follows. */
  end(): void;
}

export function createRecording(): Recording {
  const parts: Float32Array[] = [];
  let rate = 0;
  let complete = false;
  let part = 0;
  let position = 0;

  return {
    get sampleRate() {
      return rate;
    },
    get empty() {
      return parts.length === 0;
    },
    add(samples, sampleRate) {
      rate = sampleRate;
      if (samples.length > 0) parts.push(samples);
    },
    end() {
      complete = true;
    },
    next(block) {
      let filled = 0;
      while (filled < block.length) {
        const from = parts[part];
        if (from === undefined) {
          if (!complete || parts.length === 0) break;
          part = 0;
          continue;
        }
        const piece = from.subarray(position, position + block.length - filled);
        block.set(piece, filled);
        filled += piece.length;
        position += piece.length;
        if (position < from.length) continue;
        part += 1;
        position = 0;
      }
      return filled;
    },
  };
}
