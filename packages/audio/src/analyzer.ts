import { createAudioFrame, FRAMES_PER_SECOND } from "./audio-frame.ts";
import type { AudioFrame } from "./audio-frame.ts";
import type { AnalyzerConfig } from "./config.ts";

/** The sample rate of the stream, and what differs from `defaultConfig`. */
export type AnalyzerOptions = { sampleRate: number } & Partial<AnalyzerConfig>;

export interface Analyzer {
  /**
   * Takes mono samples in -1..1, any number of them, from `from` up to but not including `to` (default: all).
   * Frame k is handed out as soon as sample round(k * sampleRate / 60) is in.
   */
  push(mono: Float32Array, from?: number, to?: number): void;
  /** Changes settings from the next frame on, without losing what has been learned. Throws RangeError. */
  configure(changes: Partial<AnalyzerConfig>): void;
  /** Forgets everything heard; the next frame has index 1. */
  reset(): void;
}

/** An analyzer of one stream; calls `onFrame` 60 times per second of samples with the same object. Throws RangeError. */
export function createAnalyzer(options: AnalyzerOptions, onFrame: (frame: AudioFrame) => void): Analyzer {
  const frame = createAudioFrame();
  const { sampleRate } = options;
  let fed = 0;
  let nextFrameAt = Math.round(sampleRate / FRAMES_PER_SECOND);

  return {
    push(mono, from = 0, to = mono.length) {
      for (let at = from; at < to;) {
        const end = Math.min(to, at + nextFrameAt - fed);
        fed += end - at;
        at = end;
        if (fed < nextFrameAt) return;
        frame.index += 1;
        frame.time = frame.index / FRAMES_PER_SECOND;
        nextFrameAt = Math.round(((frame.index + 1) * sampleRate) / FRAMES_PER_SECOND);
        onFrame(frame);
      }
    },
    configure() {},
    reset() {
      Object.assign(frame, createAudioFrame());
      fed = 0;
      nextFrameAt = Math.round(sampleRate / FRAMES_PER_SECOND);
    },
  };
}
