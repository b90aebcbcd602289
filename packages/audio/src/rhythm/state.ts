import type { FollowedSource } from "./hand/followed-beat.ts";
import type { SectionName } from "../structure/sections.ts";

/** What the beat is from; `tap` is any key. */
export type TempoSource = "analysis" | "tap" | FollowedSource;

/** State at the last sample fed. One object, changed in place. */
export interface RhythmState {
  /** 60..180, 0 before any estimate: half or double of a tempo outside. */
  bpm: number;
  /** The same, not folded into that range. */
  unfoldedBpm: number;
  /** 0..1: about the share of the beats beside that value which are within 70 ms of a listener's, see `statedConfidence`. */
  confidence: number;
  /**
   * BPM at which beats go out now. Differs from `bpm` while a new tempo is followed but not reported yet; 0 before any
   * estimate.
   */
  pace: number;
  /** Phase within the beat, 0..1. */
  phase: number;
  /** Phase within the bar, 0..1. */
  barPhase: number;
  /** 1..metre. */
  beatInBar: number;
  /** Felt beats of a bar: 2 to 7, or 1 to 4 while another program is followed. */
  metre: number;
  /** What `bpm` and the beats are from. */
  tempoBy: TempoSource;
  /** 1 while energy is being built up towards a drop. */
  buildup: 0 | 1;
  /** 1 for a short time from the downbeat of a drop. */
  drop: 0 | 1;
  /** Trend of the energy, -1 falling to 1 rising. */
  trend: number;
  /** 1 while the bass of the groove is away, see `bass-away.ts`. */
  bassAway: 0 | 1;
  /** Bar of the phrase, 1..8, 0 before the first; bars since the last drop or break; probability of that bar. */
  phraseBar: number;
  phraseSince: number;
  phraseConfidence: number;
  /** The part of the track, and how sure that is, 0..1. */
  section: SectionName;
  sectionConfidence: number;
  /** Stream time at which that part began, s: it is noticed about a second later. */
  sectionStart: number;
}

/** Findings of the silence gate, see `silence-gate.ts`. */
export interface Rest {
  /** Duration of the silence, s: the beat runs on for a while, then everything is forgotten. */
  readonly silentSeconds: number;
  /** The sound has no beat (noise or hum). This is not a breakdown, so every frame counts in full. */
  readonly idle: boolean;
  /** The sound does not change at all: it cannot be music. */
  readonly steady: boolean;
  /** The sound is nothing but noise, or a wall of distorted guitars. */
  readonly noise: boolean;
  /** The sound contains steady noise too loud for the floor of an input: music may be buried in it. */
  readonly loudNoise: boolean;
}

const nothing: RhythmState = { bpm: 0, unfoldedBpm: 0, confidence: 0, pace: 0, phase: 0, barPhase: 0, beatInBar: 1, metre: 4, tempoBy: "analysis", buildup: 0, drop: 0, trend: 0, bassAway: 0, phraseBar: 0, phraseSince: 0, phraseConfidence: 0, section: "silence", sectionConfidence: 0.5, sectionStart: 0.5 };
const sound: Rest = { silentSeconds: 0, idle: false, steady: false, noise: false, loudNoise: false };

/** The state before any sound. */
export function createRhythmState(): RhythmState {
  return { ...nothing };
}

/** Takes the beat out of a state: no tempo, no phase, beat 1; the structure stays. */
export function clearBeat(state: RhythmState): void {
  const { bpm, unfoldedBpm, confidence, pace, phase, barPhase, beatInBar, metre, tempoBy } = nothing;
  Object.assign(state, { bpm, unfoldedBpm, confidence, pace, phase, barPhase, beatInBar, metre, tempoBy });
}

/** A rest that can be written: ordinary sound at first. */
export function createRest(): { -readonly [K in keyof Rest]: Rest[K] } {
  return { ...sound };
}
