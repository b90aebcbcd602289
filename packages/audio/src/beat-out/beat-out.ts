import type { AnalyzerConfig } from "../config.ts";
import type { AudioFrame } from "../frame.ts";
import type { Rhythm } from "../rhythm/rhythm.ts";
import { createBeatClock } from "./beat-clock.ts";
import { createBeatDelay } from "./beat-delay.ts";
import type { BeatPlace } from "./beat-delay.ts";
import { createMeasuredBeat } from "./measured-beat.ts";
import { exactTempo } from "./tempo-slope.ts";
import type { TempoSlope } from "./tempo-slope.ts";

/** Writes what the tracker knows into the frame: beats in time, an even phase, tempo, bar and structure. */
export interface BeatOut {
  /** @param time of the tracker at the end of the frame, s: it gets no samples while beat and structure are both off */
  update(frame: AudioFrame, config: AnalyzerConfig, time: number): void;
  reset(): void;
}

export interface BeatOutParts {
  readonly rhythm: Rhythm;
  readonly slope: TempoSlope;
  readonly frameSeconds: number;
  /** The largest `beatOffsetMs` by which beats can be late. */
  readonly largestOffsetMs: number;
}

/** Allocates nothing per frame. */
export function createBeatOut({ rhythm, slope, frameSeconds, largestOffsetMs }: BeatOutParts): BeatOut {
  const delay = createBeatDelay(Math.ceil(largestOffsetMs / 1000 / frameSeconds));
  const clock = createBeatClock();
  const measured = createMeasuredBeat((time) => rhythm.beats.peakNear(time));
  const beat = { pace: 0, phase: 0, beatInBar: 1, metre: 4, beat: false };
  /** Of the tracker's last beat. */
  const place: BeatPlace = { ...delay.place };
  const slopeOf = { by: rhythm.state.tempoBy };

  /** The tracker's own beats count as they were measured, those of others as they are given; beats of another source are another line. */
  function updateSlope(taken: boolean): void {
    const { tempoBy } = rhythm.state;
    if (tempoBy !== slopeOf.by) slope.reset();
    slopeOf.by = tempoBy;
    const isOwn = tempoBy === "analysis";
    if (taken && isOwn) measured.sent(rhythm.lastBeat);
    else if (taken) slope.beat(rhythm.lastBeat);
    const time = measured.take(rhythm.now);
    if (isOwn && !Number.isNaN(time)) slope.beat(time);
  }

  function takeBeat(config: AnalyzerConfig, time: number): void {
    const { state } = rhythm;
    const { enableBpm } = config;
    const offset = config.beatOffsetMs / 1000;
    // Beats that go out late are taken in time and held for whole frames; the remaining offset is less than a frame.
    const lateFrames = Math.ceil(Math.max(0, -offset) / frameSeconds);
    // Bars of phrases are counted while beats do not go out, too.
    const isNext = rhythm.takeBeat(time + frameSeconds / 2 + offset + lateFrames * frameSeconds);
    const taken = enableBpm && isNext;
    updateSlope(taken);
    place.beatInBar = state.beatInBar;
    place.metre = state.metre;
    place.barConfidence = state.pace === 0 ? 0 : rhythm.barConfidence;
    place.phraseBar = state.phraseBar;
    place.phraseSince = state.phraseSince;
    place.phraseConfidence = state.phraseConfidence;
    delay.update(taken, place, lateFrames);
    const phase = state.phase + ((time - (taken ? rhythm.lastBeat : rhythm.now) + offset) * state.pace) / 60;
    beat.beat = enableBpm && delay.beat;
    beat.pace = enableBpm ? state.pace : 0;
    beat.phase = phase - Math.floor(phase);
    beat.beatInBar = enableBpm ? delay.place.beatInBar : 1;
    beat.metre = enableBpm ? delay.place.metre : 4;
    clock.update(beat, frameSeconds);
    if (beat.pace === 0) slope.reset();
  }

  function showBeat(frame: AudioFrame, enableBpm: boolean): void {
    const { state } = rhythm;
    frame.beat = beat.beat ? 1 : 0;
    frame.tempo = exactTempo(beat.pace, state.tempoBy, rhythm.beats.lead.hand.locked, slope);
    frame.tempoBy = beat.pace === 0 ? "none" : state.tempoBy;
    frame.beats += frame.beat;
    frame.bpm = enableBpm ? state.bpm : 0;
    frame.unfoldedBpm = enableBpm ? state.unfoldedBpm : 0;
    frame.bpmConfidence = enableBpm ? state.confidence : 0;
    frame.phase = clock.phase;
    frame.barPhase = clock.barPhase;
    frame.beatInBar = beat.beatInBar;
    frame.metre = beat.metre;
    frame.barConfidence = beat.pace === 0 ? 0 : delay.place.barConfidence;
  }

  function showStructure(frame: AudioFrame, { enableBpm, enableStructure }: AnalyzerConfig): void {
    const { state } = rhythm;
    const hasPhrases = enableStructure && enableBpm;
    frame.buildup = enableStructure ? state.buildup : 0;
    frame.drop = enableStructure ? state.drop : 0;
    frame.trend = enableStructure ? state.trend : 0;
    frame.phraseBar = hasPhrases ? delay.place.phraseBar : 0;
    frame.phraseSince = hasPhrases ? delay.place.phraseSince : 0;
    frame.phraseConfidence = hasPhrases ? delay.place.phraseConfidence : 0;
    frame.section = enableStructure ? state.section : "silence";
    frame.sectionConfidence = enableStructure ? state.sectionConfidence : 0;
    frame.sectionStart = enableStructure ? state.sectionStart : 0;
  }

  return {
    update(frame, config, time) {
      takeBeat(config, time);
      showBeat(frame, config.enableBpm);
      showStructure(frame, config);
    },
    reset() {
      for (const part of [delay, clock, slope, measured]) part.reset();
    },
  };
}
