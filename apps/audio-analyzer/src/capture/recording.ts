import type { Sound } from "./player.ts";

/** Samples kept at once: 40 MB, almost four minutes at 44.1 kHz. */
const usualBudget = 10_000_000;

/**
 * A recording to which parts are added while it plays. If it fits into memory it is kept and looped; otherwise played
 * parts are dropped, and it must be added again from its beginning.
 */
export interface Recording extends Sound {
  /** No part was added yet. */
  readonly empty: boolean;
  /** It did not fit into memory. */
  readonly long: boolean;
  /** @param samples -1..1, one channel. @param sampleRate Hz */
  add(samples: Float32Array, sampleRate: number): void;
  /** Resolves once there is room for more, or when the sound has ended. */
  room(): Promise<void>;
  /** No more parts follow: if all fit, the first follows after the last one. */
  end(): void;
}

/** @param budget samples kept at once */
export function createRecording(budget = usualBudget): Recording {
  const parts: { samples: Float32Array; sampleRate: number }[] = [];
  let held = 0;
  let long = false;
  let empty = true;
  let complete = false;
  let part = 0;
  let position = 0;
  let onRoom = (): void => {};

  const nextPart = (): void => {
    const played = parts[part];
    position = 0;
    if (!long || played === undefined) {
      part += 1;
      return;
    }
    for (const dropped of parts.splice(0, part + 1)) held -= dropped.samples.length;
    part = 0;
    if (held < budget) onRoom();
  };

  return {
    get sampleRate() {
      return (parts[part] ?? parts[0])?.sampleRate ?? 0;
    },
    get empty() {
      return empty;
    },
    get long() {
      return long;
    },
    add(samples, sampleRate) {
      if (samples.length === 0) return;
      parts.push({ samples, sampleRate });
      empty = false;
      held += samples.length;
      long ||= held > budget;
    },
    room: () =>
      new Promise((resolve) => {
        if (held < budget || complete) resolve();
        else onRoom = resolve;
      }),
    end() {
      complete = true;
      onRoom();
    },
    next(block) {
      let filled = 0;
      const rate = parts[part]?.sampleRate ?? parts[0]?.sampleRate;
      while (filled < block.length) {
        const from = parts[part];
        if (from === undefined) {
          if (!complete || long || parts.length === 0) break;
          part = 0;
          continue;
        }
        // A part at another rate is for the next block.
        if (from.sampleRate !== rate) break;
        const piece = from.samples.subarray(position, position + block.length - filled);
        block.set(piece, filled);
        filled += piece.length;
        position += piece.length;
        if (position === from.samples.length) nextPart();
      }
      return filled;
    },
  };
}
