import { createBarPointer } from "./bar-pointer.ts";
import { createLogBands } from "./log-bands.ts";
import { createOnsetStrength } from "./onset-strength.ts";
import { createStructure } from "./structure.ts";

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

/** Causal tracker of beat, tempo, downbeat and structure. Deterministic; nothing is allocated per hop. */
export interface Rhythm {
  readonly state: RhythmState;
  /** Feed mono samples [from, to). Values that are not finite count as 0. */
  push(samples: Float32Array, from: number, to: number): void;
  /** True once per beat whose predicted stream time (s since the first sample) is below `untilSec`. */
  takeBeat(untilSec: number): boolean;
  reset(): void;
}

/** From an onset in the signal to its peak in the onset strength, s. */
const LAG_SECONDS = 0.02;
/** A beat this share of the interval after the last one is the same beat. */
const REFRACTORY = 0.6;
/** Mean square below which the input counts as silent (-80 dBFS), and how long the beat runs on in it, s. */
const SILENT_POWER = 1e-8;
const FLYWHEEL_SECONDS = 3;
const DROP_HOLD_SECONDS = 0.25;

export const createRhythm = (config: RhythmConfig): Rhythm => {
  const { sampleRate } = config;
  const bands = createLogBands(sampleRate);
  const onset = createOnsetStrength(bands);
  const pointer = createBarPointer();
  const structure = createStructure(bands.hop / sampleRate);
  const ring = new Float32Array(bands.size);
  const state: RhythmState = { bpm: 0, confidence: 0, phase: 0, barPhase: 0, beatInBar: 1, buildup: 0, drop: 0, trend: 0 };
  let fed = 0;
  let untilHop = bands.hop;
  let write = 0;
  let due = Infinity;
  let last = -Infinity;
  let silence = Infinity;
  let dropUntil = 0;

  const onHop = (): void => {
    bands.analyse(ring, write);
    onset.update();
    structure.update(bands.power);
    const hopSeconds = bands.hop / sampleRate;
    if (structure.dropped) dropUntil = fed / sampleRate + DROP_HOLD_SECONDS;
    state.drop = fed / sampleRate < dropUntil ? 1 : 0;
    state.buildup = structure.buildup ? 1 : 0;
    state.trend = structure.trend;
    silence = bands.power.all > SILENT_POWER ? 0 : silence + hopSeconds;
    if (silence > FLYWHEEL_SECONDS) {
      if (state.bpm !== 0) rhythm.forget();
      return;
    }
    pointer.update(onset.values);
    const interval = pointer.interval * hopSeconds;
    const now = fed / sampleRate;
    let next = now + (1 - pointer.phase) * interval - LAG_SECONDS;
    if (next < last + REFRACTORY * interval) next += interval;
    due = next;
    state.bpm = Math.min(180, Math.max(60, 60 / interval));
    state.confidence = Math.min(1, pointer.mass);
    state.phase = (((now - due) / interval) % 1 + 1) % 1;
    state.barPhase = (state.beatInBar - 1 + state.phase) / 4;
  };

  const rhythm = {
    state,
    push(samples: Float32Array, from: number, to: number): void {
      for (let i = from; i < to; i++) {
        const s = samples[i] ?? 0;
        ring[write] = Number.isFinite(s) ? s : 0;
        write = write + 1 === bands.size ? 0 : write + 1;
        fed += 1;
        untilHop -= 1;
        if (untilHop > 0) continue;
        untilHop = bands.hop;
        onHop();
      }
    },
    takeBeat(untilSec: number): boolean {
      if (due >= untilSec) return false;
      last = due;
      due = Infinity;
      state.beatInBar = (state.beatInBar % 4) + 1;
      return true;
    },
    forget(): void {
      pointer.reset();
      due = Infinity;
      state.bpm = 0;
      state.confidence = 0;
    },
    reset(): void {
      bands.reset();
      structure.reset();
      dropUntil = 0;
      onset.reset();
      rhythm.forget();
      ring.fill(0);
      fed = 0;
      untilHop = bands.hop;
      write = 0;
      last = -Infinity;
      silence = Infinity;
      Object.assign(state, { phase: 0, barPhase: 0, beatInBar: 1, buildup: 0, drop: 0, trend: 0 });
    },
  };
  return rhythm;
};
