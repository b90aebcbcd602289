import { createAnalyzer } from "../src/analyzer.ts";
import type { AnalyzerOptions } from "../src/analyzer.ts";
import type { AudioFrame } from "../src/frame.ts";

/** Copies of all frames of a signal. Tempo, structure and pitch, which cost most, are off by default. */
export function framesOf(samples: Float32Array, options: Partial<AnalyzerOptions> = {}, block = samples.length): AudioFrame[] {
  const frames: AudioFrame[] = [];
  const settings = { sampleRate: 44_100, enableBpm: false, enableStructure: false, enablePitch: false, ...options };
  const analyzer = createAnalyzer(settings, (frame) => {
    frames.push({ ...frame, levels: frame.levels.slice(), spectrum: frame.spectrum.slice() });
  });
  for (let at = 0; at < samples.length; at += block) analyzer.push(samples, at, Math.min(samples.length, at + block));
  return frames;
}

/** The frame that ends at `seconds`; throws when there is none. */
export function frameAt(frames: readonly AudioFrame[], seconds: number): AudioFrame {
  const frame = frames[Math.round(seconds * 60) - 1];
  if (frame === undefined) throw new Error(`no frame at ${seconds} s among ${frames.length}`);
  return frame;
}

/** The last frame; throws when there is none. */
export function lastFrame(frames: readonly AudioFrame[]): AudioFrame {
  return frameAt(frames, frames.length / 60);
}
