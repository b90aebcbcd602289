import { createAnalyzer } from "./analyzer.ts";
import type { AudioFrame } from "./audio-frame.ts";
import type { AnalyzerConfig } from "./config.ts";

/** What a whole recording holds. All times in seconds of the recording. */
export interface Analysis {
  duration: number;
  /** Tempo at the end; 0 when none was found. */
  bpm: number;
  /** Frame times at which a beat goes out. */
  beats: number[];
  /** When sounds begin, as far as onsets of any kind could be told. */
  onsets: number[];
  drops: number[];
  /** `[start, end]` each. */
  buildups: [number, number][];
  /** `[time, bpm]` at each change of the reported tempo. */
  bpmTrack: [number, number][];
}

/** From the beginning of a sound to the frame that tells of it, on average, s. */
const ONSET_LATENCY_SECONDS = 0.031;

/** The live analyzer, run over a recording hop by hop; it never looks ahead. Throws RangeError. */
export function analyzeSamples(mono: Float32Array, sampleRate: number, config: Partial<AnalyzerConfig> = {}): Analysis {
  const analysis: Analysis = {
    duration: mono.length / sampleRate,
    bpm: 0,
    beats: [],
    onsets: [],
    drops: [],
    buildups: [],
    bpmTrack: [],
  };
  let drop = 0;
  let buildupFrom = -1;
  const endBuildup = (time: number): void => {
    if (buildupFrom >= 0) analysis.buildups.push([buildupFrom, time]);
    buildupFrom = -1;
  };
  const onFrame = (frame: AudioFrame): void => {
    const { time } = frame;
    if (frame.beat === 1) analysis.beats.push(time);
    if (frame.onset > 0) analysis.onsets.push(Math.max(0, time - ONSET_LATENCY_SECONDS));
    if (frame.drop === 1 && drop === 0) analysis.drops.push(time);
    drop = frame.drop;
    if (frame.buildup === 1 && buildupFrom < 0) buildupFrom = time;
    if (frame.buildup === 0) endBuildup(time);
    if (frame.bpm !== analysis.bpm) analysis.bpmTrack.push([time, frame.bpm]);
    analysis.bpm = frame.bpm;
  };
  createAnalyzer({ sampleRate, ...config }, onFrame).push(mono);
  endBuildup(analysis.duration);
  return analysis;
}
