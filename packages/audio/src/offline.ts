import { createAnalyzer } from "./analyzer.ts";
import { createFormList } from "./form-list.ts";
import type { AudioFrame } from "./frame.ts";
import type { AnalyzerConfig } from "./config.ts";
import { outputRate } from "./rates.ts";
import type { SectionName } from "./structure/sections.ts";
import { createTempoSummary } from "./tempo-summary.ts";

/** What changes through a recording, value by value of spans of equal length. */
export interface Curves {
  step: number;
  level: number[];
  bass: number[];
  bpm: number[];
  confidence: number[];
}

/** Analysis of a whole recording. All times in seconds of the recording. */
export interface Analysis {
  duration: number;
  /** Tempo of the music, also outside 60–180: the one that was reported with the most confidence for the longest time; 0 when none was found. */
  bpm: number;
  /** Frame times at which a beat goes out. */
  beats: number[];
  /** The beats that begin a bar. */
  downbeats: number[];
  /** Felt beats of a bar, 2 to 7: the metre of most of the beats, each weighted by its confidence; 0 when no tempo was found. */
  metre: number;
  /** Beginnings of sounds: onsets of any kind. */
  onsets: number[];
  drops: number[];
  /** `[start, end]` each. */
  buildups: [number, number][];
  /** Where the count of eight bars begins: at a beat, where one is near. It may begin anew before eight bars are over, where the sound changes. */
  phrases: number[];
  /** `[start, name]` each, up to the start of the next; the first starts at 0. They begin where the sound changes, which is noticed live about a second later. */
  sections: [number, SectionName][];
  /** Values 0..1, except `bpm`, in spans of `step` seconds: the loudest frame, the most bass, the last reported tempo and its confidence. */
  curves: Curves;
  /** `[time, bpm]` where the reported tempo differs by 0.2 % or more from the one before. */
  bpmTrack: [number, number][];
}

/** Analyses a recording of any length in pieces. */
export interface OfflineAnalyzer {
  /** Processes the next samples, -1..1. */
  push(mono: Float32Array): void;
  /** The result, once the whole recording was pushed. */
  end(): Analysis;
}

/** Mean delay from the beginning of a sound to the frame that reports it, s. */
const onsetLatencySeconds = 0.031;
/** Frames of one value of a curve: a quarter of a second. */
const framesPerSpan = 15;
/** Smaller changes of the tempo are not listed: they occur dozens of times a second. */
const leastChange = 0.002;

/**
 * The live analyzer, run over a recording hop by hop; it never looks ahead.
 * @param onEach is also given each frame, see `createAnalyzer`
 * @throws AudioError `range`
 */
export function createOfflineAnalyzer(sampleRate: number, config: Partial<AnalyzerConfig> = {}, onEach?: (frame: AudioFrame) => void): OfflineAnalyzer {
  const found: Omit<Analysis, "duration" | "bpm" | "metre" | "phrases" | "sections"> = { beats: [], downbeats: [], onsets: [], drops: [], buildups: [], bpmTrack: [], curves: { step: framesPerSpan / outputRate, level: [], bass: [], bpm: [], confidence: [] } };
  const tempo = createTempoSummary();
  const form = createFormList();
  /** Confidence of the beats in each metre, summed. */
  const metres = new Float64Array(8);
  let samples = 0;
  let bpm = 0;
  let drop = 0;
  let buildupFrom = -1;
  function endBuildup(time: number): void {
    if (buildupFrom >= 0) found.buildups.push([buildupFrom, time]);
    buildupFrom = -1;
  }
  function draw({ index, levels, unfoldedBpm: reported, bpmConfidence }: AudioFrame): void {
    const { level, bass, bpm: tempi, confidence } = found.curves;
    const span = Math.floor((index - 1) / framesPerSpan);
    level[span] = Math.max(level[span] ?? 0, levels[7] ?? NaN);
    bass[span] = Math.max(bass[span] ?? 0, levels[0] ?? NaN, levels[1] ?? NaN);
    tempi[span] = reported;
    confidence[span] = bpmConfidence;
  }
  function onFrame(frame: AudioFrame): void {
    const { time } = frame;
    if (frame.beat === 1) {
      found.beats.push(time);
      metres[frame.metre] = (metres[frame.metre] ?? NaN) + frame.barConfidence;
    }
    if (frame.beat === 1 && frame.beatInBar === 1) found.downbeats.push(time);
    form.take(frame);
    if (frame.onset > 0) found.onsets.push(Math.max(0, time - onsetLatencySeconds));
    if (frame.drop === 1 && drop === 0) found.drops.push(time);
    drop = frame.drop;
    if (frame.buildup === 1 && buildupFrom < 0) buildupFrom = time;
    if (frame.buildup === 0) endBuildup(time);
    if (Math.abs(frame.unfoldedBpm - bpm) > leastChange * bpm) {
      bpm = frame.unfoldedBpm;
      found.bpmTrack.push([time, bpm]);
    }
    draw(frame);
    tempo.take(frame.unfoldedBpm, frame.bpmConfidence, 1 / outputRate);
    onEach?.(frame);
  }
  const analyzer = createAnalyzer({ sampleRate, ...config }, onFrame);
  return {
    push(mono) {
      samples += mono.length;
      analyzer.push(mono);
    },
    end() {
      const duration = samples / sampleRate;
      endBuildup(duration);
      return { duration, bpm: tempo.bpm, metre: tempo.bpm > 0 ? metres.indexOf(Math.max(...metres)) : 0, ...found, phrases: form.phrases(found.beats, found.downbeats), sections: form.sections };
    },
  };
}

/** Analyses a whole recording at once, like `createOfflineAnalyzer`. @throws AudioError `range` */
export function analyzeSamples(mono: Float32Array, sampleRate: number, config: Partial<AnalyzerConfig> = {}, onEach?: (frame: AudioFrame) => void): Analysis {
  const analyzer = createOfflineAnalyzer(sampleRate, config, onEach);
  analyzer.push(mono);
  return analyzer.end();
}
