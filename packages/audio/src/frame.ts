import { levelCount, spectrumBins } from "./bands.ts";
import type { SectionName } from "./structure/sections.ts";
import type { TempoSource } from "./rhythm/state.ts";

/** 0 or 1, as sent in OSC. */
export type Flag = 0 | 1;

/**
 * All features of one sixtieth of a second. One object is refilled for every frame: a receiver that keeps values must
 * copy them. No field is ever NaN, infinite or out of range.
 */
export interface AudioFrame {
  /** 1, 2, 3, … since the start or the last reset. */
  index: number;
  /** Stream time of the end of the frame in seconds: `index / 60`. */
  time: number;
  /** sub_bass, bass, low_mid, mid, high_mid, presence, air, overall RMS; each 0–1. */
  levels: Float32Array;
  /** 32 log-spaced bins from 20 Hz to 20 kHz, each 0–1; zeros while the spectrum is switched off. */
  spectrum: Float32Array;
  /** 1 in the frame nearest to a predicted beat, once per beat. */
  beat: Flag;
  /** Rise of the sound in this frame over all bands, 0–1. */
  flux: number;
  /** Tempo in beats per minute, 60–180: half or double of a tempo outside; 0 before the first estimate or while tempo is off. */
  bpm: number;
  /** The same, not folded into that range. */
  unfoldedBpm: number;
  /** About the share of the beats beside that value which are within 70 ms of a listener's, 0–1. */
  bpmConfidence: number;
  /** Tempo in BPM by the slope of the last beats, exact to about 0.05 % on constant music; 0 while there is none. */
  tempo: number;
  /** Whole beats that went out since the start. */
  beats: number;
  /** What the tempo is from: `tap` is any key, `none` stands where there is none. */
  tempoBy: TempoSource | "none";
  /** Fundamental in Hz; 0 when uncertain. */
  pitchHz: number;
  /** 0–1, also while `pitchHz` is 0. */
  pitchConfidence: number;
  /** Position in the beat, 0 up to but not including 1. */
  phase: number;
  /** Position in the bar, 0 up to but not including 1. */
  barPhase: number;
  /** Beat in the bar, 1 to `metre`. */
  beatInBar: number;
  /** Felt beats of a bar: 2 to 7 (6/8 has 2, 12/8 has 4); 1 to 4 while another program is followed. */
  metre: number;
  /** Probability that `beatInBar` is right, 0–1: 0 without a beat, 1 while a program is followed. */
  barConfidence: number;
  /** Strength of an onset of any kind in this frame, 0–1; 0 between onsets. */
  onset: number;
  /** Strength of a bass drum onset in this frame, 0–1; 0 between onsets. */
  kick: number;
  /** Strength of a snare or clap onset in this frame, 0–1. */
  snare: number;
  /** Strength of a hi-hat onset in this frame, 0–1. */
  hat: number;
  /** 1 while there is no sound. */
  silence: Flag;
  /** Loudness envelope that follows single hits, 0–1. */
  energyFast: number;
  /** Loudness envelope over several seconds, 0–1. */
  energySlow: number;
  /** 1 while the music builds up. */
  buildup: Flag;
  /** 1 for the drop; the drop is at its rising edge. */
  drop: Flag;
  /** Direction of the loudness, -1 (falling) to 1 (rising). */
  trend: number;
  /** Bar of the phrase, 1 to 8; 0 before the first bar. */
  phraseBar: number;
  /** Bars since the last drop or break began, or since the music did. */
  phraseSince: number;
  /** Probability of that bar, 0–1. */
  phraseConfidence: number;
  /** The part of the track. */
  section: SectionName;
  /** 0–1. */
  sectionConfidence: number;
  /** Stream time at which that part began, s: it is noticed about a second later. */
  sectionStart: number;
  /** Spectral centroid on a log scale: 0 dark, 1 bright. */
  brightness: number;
  /** Spectral flatness: 0 a tone, 1 noise. */
  noisiness: number;
}

/** A frame of silence; the analyzer fills it in place. */
export function createAudioFrame(): AudioFrame {
  return {
    index: 0,
    time: 0,
    levels: new Float32Array(levelCount),
    spectrum: new Float32Array(spectrumBins),
    beat: 0,
    flux: 0,
    bpm: 0,
    unfoldedBpm: 0,
    bpmConfidence: 0,
    tempo: 0,
    beats: 0,
    tempoBy: "none",
    pitchHz: 0,
    pitchConfidence: 0,
    phase: 0,
    barPhase: 0,
    beatInBar: 1,
    metre: 4,
    barConfidence: 0,
    onset: 0,
    kick: 0,
    snare: 0,
    hat: 0,
    silence: 1,
    energyFast: 0,
    energySlow: 0,
    buildup: 0,
    drop: 0,
    trend: 0,
    phraseBar: 0,
    phraseSince: 0,
    phraseConfidence: 0,
    section: "silence",
    sectionConfidence: 0,
    sectionStart: 0,
    brightness: 0,
    noisiness: 0,
  };
}
