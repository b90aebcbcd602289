import { ACTIVATION_DELAY, createActivation } from "./activation.ts";
import { createBarCounter } from "./bar-counter.ts";
import { createBeatPointer } from "./beat-pointer.ts";
import { createConfidence } from "./confidence.ts";
import { createLogBands } from "./log-bands.ts";
import { createSalience } from "./salience.ts";
import { createStructure } from "./structure.ts";
import { createTempoEvidence } from "./tempo-evidence.ts";
import { createTempoHold } from "./tempo-hold.ts";
import { createTempoSpace } from "./tempo-space.ts";

export interface RhythmConfig {
  /** Hz, 8000 to 96000. */
  sampleRate: number;
}

/** What is known at the last sample fed. One object, changed in place. */
export interface RhythmState {
  /** 60..180, 0 before any estimate. */
  bpm: number;
  /** 0..1: about the chance that `bpm` is within 4 % of the tempo a listener would tap. */
  confidence: number;
  /** BPM at which beats go out now: not `bpm` while another tempo is there and not told yet; 0 before any estimate. */
  pace: number;
  /** Phase within the beat, 0..1. */
  phase: number;
  /** Phase within the bar of four beats, 0..1. */
  barPhase: number;
  /** 1..4. */
  beatInBar: number;
  /** 1 while energy is being built up towards a drop. */
  buildup: 0 | 1;
  /** 1 for a short time from the downbeat of a drop. */
  drop: 0 | 1;
  /** Trend of the energy, -1 falling to 1 rising. */
  trend: number;
}

/** Causal tracker of beat, tempo, downbeat and structure. Deterministic; all buffers are made at the start. */
export interface Rhythm {
  readonly state: RhythmState;
  /** Feed mono samples [from, to). Values that are not finite count as 0. */
  push(samples: Float32Array, from: number, to: number): void;
  /** True once per beat whose predicted stream time (s since the first sample) is below `untilSec`. */
  takeBeat(untilSec: number): boolean;
  reset(): void;
}

/** A beat this share of the interval after the last one is the same beat. */
const REFRACTORY = 0.6;
/** Mean square below which the input counts as silent (-80 dBFS), and how long the beat runs on in it, s. */
const SILENT_POWER = 1e-8;
const FLYWHEEL_SECONDS = 3;
/** Beats and tempo are given from the first moment of this confidence on: before, there may be no music. */
const START_CONFIDENCE = 0.03;
/** They are also given once the pointer has kept to one hypothesis: in steady noise its mass, averaged over this time, s, stays below 0.65. */
const START_MASS = 0.8;
const START_SECONDS = 3;
/** How long `drop` stays 1, s. */
const DROP_HOLD_SECONDS = 0.25;
/** Frames around a beat within which its downbeat activation lies. */
const DOWNBEAT_REACH = 4;

export const createRhythm = (config: RhythmConfig): Rhythm => {
  const { sampleRate } = config;
  const bands = createLogBands(sampleRate);
  const activation = createActivation(bands);
  const space = createTempoSpace();
  const evidence = createTempoEvidence(space, activation.tempo.length);
  const pointer = createBeatPointer(space);
  const salience = createSalience();
  const told = createTempoHold();
  const bar = createBarCounter(bands.values);
  const confidence = createConfidence();
  const hopSeconds = bands.hop / sampleRate;
  const structure = createStructure(hopSeconds);
  const ring = new Float32Array(bands.size);
  const state: RhythmState = { bpm: 0, confidence: 0, pace: 0, phase: 0, barPhase: 0, beatInBar: 1, buildup: 0, drop: 0, trend: 0 };
  let hops = 0;
  let untilHop = bands.hop;
  let write = 0;
  let started = false;
  /** Stream times of the beats around now and the time between them, s. */
  const beats = { last: -Infinity, next: Infinity, interval: 0 };
  /** The pointer's usual mass; the seconds of silence so far; the stream time at which `drop` ends. */
  const heard = { mass: 0, silence: Infinity, dropUntil: 0 };

  const followStructure = (now: number): void => {
    structure.update(bands.power);
    if (structure.dropped) {
      heard.dropUntil = now + DROP_HOLD_SECONDS;
      bar.drop((now - beats.last) / (beats.next - beats.last));
    }
    state.drop = now < heard.dropUntil ? 1 : 0;
    state.buildup = structure.buildup ? 1 : 0;
    state.trend = structure.trend;
  };

  /** A beat goes out a little before or after its time: until then its phase stays below 1, from then on at 0 or more. */
  const showPhase = (phase: number): void => {
    state.phase = Math.min(0.999, Math.max(0, phase));
    state.beatInBar = bar.beat;
    state.barPhase = (bar.beat - 1 + state.phase) / 4;
  };

  const followBeat = (now: number): void => {
    if (activation.update()) {
      evidence.update(activation.tempo, salience.value);
      pointer.lean(evidence.weights);
      for (const chance of activation.beat) {
        salience.hear(chance);
        pointer.update(chance, salience.value);
        confidence.hear(chance);
      }
      beats.interval = pointer.interval * hopSeconds;
      beats.next = now + (1 - pointer.phase) * beats.interval - ACTIVATION_DELAY * hopSeconds;
      while (beats.next < beats.last + REFRACTORY * beats.interval) beats.next += beats.interval;
      const bpm = 60 / beats.interval;
      const trust = confidence.of(pointer.mass, evidence.chanceOf(bpm));
      told.update(bpm, trust, 2 * hopSeconds);
      state.confidence = told.bpm === bpm ? trust : confidence.of(1 - pointer.mass, evidence.chanceOf(told.bpm));
      heard.mass += (pointer.mass - heard.mass) * ((2 * hopSeconds) / START_SECONDS);
      started ||= state.confidence >= START_CONFIDENCE || heard.mass >= START_MASS;
      if (started) {
        state.bpm = Math.min(180, Math.max(60, told.bpm));
        state.pace = bpm;
      }
    }
    if (!started) return;
    showPhase(1 - (beats.next - now) / beats.interval);
  };

  const forget = (): void => {
    activation.reset();
    evidence.reset();
    pointer.reset();
    confidence.reset();
    salience.reset();
    told.reset();
    bar.reset();
    beats.interval = 0;
    heard.mass = 0;
    started = false;
    beats.next = Infinity;
    Object.assign(state, { bpm: 0, confidence: 0, pace: 0, phase: 0, barPhase: 0, beatInBar: 1 });
  };

  const onHop = (): void => {
    hops += 1;
    bands.analyse(ring, write);
    bar.hear();
    followStructure(hops * hopSeconds);
    heard.silence = bands.power.all > SILENT_POWER ? 0 : heard.silence + hopSeconds;
    if (heard.silence <= FLYWHEEL_SECONDS) followBeat(hops * hopSeconds);
    else if (beats.interval > 0) forget();
  };

  return {
    state,
    push(samples, from, to) {
      for (let i = from; i < to; i++) {
        const s = samples[i] ?? 0;
        ring[write] = Number.isFinite(s) ? s : 0;
        write = write + 1 === bands.size ? 0 : write + 1;
        untilHop -= 1;
        if (untilHop > 0) continue;
        untilHop = bands.hop;
        onHop();
      }
    },
    takeBeat(untilSec) {
      if (!started || beats.next >= untilSec) return false;
      const since = Math.round(hops - beats.last / hopSeconds);
      const ago = since - ACTIVATION_DELAY;
      bar.count(since, (beats.next - beats.last) / beats.interval, activation.downbeatWithin(ago + DOWNBEAT_REACH, ago - DOWNBEAT_REACH));
      showPhase(0);
      beats.last = beats.next;
      beats.next += beats.interval;
      return true;
    },
    reset() {
      bands.reset();
      structure.reset();
      forget();
      ring.fill(0);
      hops = 0;
      untilHop = bands.hop;
      write = 0;
      beats.last = -Infinity;
      heard.silence = Infinity;
      heard.dropUntil = 0;
      Object.assign(state, { buildup: 0, drop: 0, trend: 0 });
    },
  };
};
