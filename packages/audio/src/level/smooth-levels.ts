import type { AudioFrame } from "../frame.ts";
import { outputRate } from "../rates.ts";
import { createEnvelope } from "./envelope.ts";

/** A swell, not a flicker: full after a tenth of a second, gone after about a second. */
const riseSeconds = 0.08;
const fallSeconds = 0.5;
/** Level channels of each: sub bass and bass; low mid and mid; high mid, presence and air. */
const channels = [[0, 1], [2, 3], [4, 5, 6]] as const;

/** Levels that swell and fade, for what must not flicker. */
export interface SmoothLevels {
  /** Bass, middle, high; each 0–1. */
  readonly values: Float32Array;
  update(frame: Pick<AudioFrame, "levels">): void;
}

/** Each follows the loudest of its channels. Allocates nothing per frame. */
export function createSmoothLevels(): SmoothLevels {
  const values = new Float32Array(channels.length);
  const envelopes = channels.map(() => createEnvelope(riseSeconds, fallSeconds));
  return {
    values,
    update({ levels }) {
      for (let i = 0; i < channels.length; i += 1) {
        const envelope = envelopes[i];
        if (envelope === undefined) continue;
        let loudest = 0;
        for (const channel of channels[i] ?? []) loudest = Math.max(loudest, levels[channel] ?? NaN);
        envelope.update(loudest, 1 / outputRate);
        values[i] = envelope.value;
      }
    },
  };
}
