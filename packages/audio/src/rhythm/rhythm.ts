/**
 * Layout, in the order in which a sample passes:
 * - `front-end/`: samples to log bands, 100 times a second.
 * - `activation/`: log bands to the probability of a beat, a downbeat and each tempo: two networks (`net`, `ensemble`,
 *   `weights`; recipes in `WEIGHTS.md`).
 * - `tempo/`: the filter over tempo and phase (`space`, `pointer`), the prior from the network (`evidence`), the reported
 *   tempo (`hold`).
 * - `bar/`: which beat of the bar.
 * - `trust/`: whether there is music (`music-evidence`), how much the networks count (`salience`), how certain the tempo
 *   is (`confidence`).
 */
import { activationDelay, createActivation } from "./activation/activation.ts";
import { createBarCounter } from "./bar/bar-counter.ts";
import { createBeatPointer } from "./tempo/pointer.ts";
import { createConfidence, levelDoubt } from "./trust/confidence.ts";
import { createLogBands } from "./front-end/log-bands.ts";
import { createMusicEvidence } from "./trust/music-evidence.ts";
import { createSalience } from "./trust/salience.ts";
import { createStructure } from "../structure/structure.ts";
import { createTempoEvidence } from "./tempo/evidence.ts";
import { createTempoHold } from "./tempo/hold.ts";
import { createTempoSpace } from "./tempo/space.ts";

export interface RhythmConfig {
  /** Hz, 8000 to 96000. */
  sampleRate: number;
}

/** State at the last sample fed. One object, changed in place. */
export interface RhythmState {
  /** 60..180, 0 before any estimate. */
  bpm: number;
  /** 0..1: about the probability that `bpm` is within 4 % of the tempo a listener would tap. */
  confidence: number;
  /**
   * BPM at which beats go out now. Differs from `bpm` while a new tempo is followed but not reported yet; 0 before any
   * estimate.
   */
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

/** Causal tracker of beat, tempo, downbeat and structure. Deterministic; all buffers are allocated at the start. */
export interface Rhythm {
  readonly state: RhythmState;
  /** Feeds mono samples [from, to). Values that are not finite count as 0. */
  push(samples: Float32Array, from: number, to: number): void;
  /** True once per beat whose predicted stream time (s since the first sample) is below `untilSec`. */
  takeBeat(untilSec: number): boolean;
  /** Beats go out, or the activation has higher peaks than noise has. */
  readonly inMusic: boolean;
  /** Sets what is known of the newest sound; holds until the next call. */
  rest(rest: Rest): void;
  reset(): void;
}

/** A beat sooner than this share of the interval after the last one is the same beat. */
const refractory = 0.6;
/** Time for which the beat runs on in silence, s. */
const flywheelSeconds = 2.6;
/**
 * In noise the height of the peaks is hidden. There a beat begins when the pointer keeps to one hypothesis: its mass,
 * averaged over this time in s, rises above the first share. It ends when the mean falls below the second. Steady noise
 * alone stays below 0.75.
 */
const keptSeconds = 3;
const keptMass = [0.8, 0.5] as const;
/** Half width of an expected beat in frames (deviation of a bell). */
const expectedWidth = 1.6;
/**
 * Weight of evidence against music: the salience, but at least the first value, because a breakdown has no beat. In noise
 * and hum it is the second.
 */
const leastWeight = 0.1;
const idleWeight = 1.25;
/**
 * Peaks of noise are lower than the first height. A sound like noise with peaks above the second is a wall of guitars, or
 * drums in noise.
 */
const noiseHeight = 0.22;
const wallHeight = 0.28;
/** Evidence for music from such a wall, log odds: speech and applause are more uneven. */
const wallOdds = 4;
/** Time for which `drop` stays 1, s. */
const dropHoldSeconds = 0.25;
/** The downbeat activation of a beat is searched this many frames before and after it. */
const downbeatReach = 4;

export function createRhythm(config: RhythmConfig): Rhythm {
  const { sampleRate } = config;
  const bands = createLogBands(sampleRate);
  const activation = createActivation(bands);
  const space = createTempoSpace();
  const evidence = createTempoEvidence(space, activation.tempo.length);
  const pointer = createBeatPointer(space);
  const salience = createSalience();
  const music = createMusicEvidence();
  const reported = createTempoHold();
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
  /** Stream times of the last and the next beat, and the time between beats, s. */
  const beats = { last: -Infinity, next: Infinity, interval: 0 };
  /** Last values passed to `rest`. */
  const given = { silentSeconds: 0, idle: false, steady: false, noise: false, loudNoise: false };
  /** The pointer's usual mass, whether that mass indicates a beat in noise, and the stream time at which `drop` ends. */
  const habit = { mass: 0, buried: false, dropUntil: 0 };

  function followStructure(now: number): void {
    structure.update(bands.power);
    if (structure.dropped) {
      habit.dropUntil = now + dropHoldSeconds;
      bar.drop((now - beats.last) / (beats.next - beats.last));
    }
    state.drop = now < habit.dropUntil ? 1 : 0;
    state.buildup = structure.buildup ? 1 : 0;
    state.trend = structure.trend;
  }

  /**
   * A beat goes out slightly before or after its time. The phase stays below 1 until it goes out, and is 0 or more from
   * then on.
   */
  function showPhase(phase: number): void {
    state.phase = Math.min(0.999, Math.max(0, phase));
    state.beatInBar = bar.beat;
    state.barPhase = (bar.beat - 1 + state.phase) / 4;
  }

  /**
   * Evidence for music from the kind of sound, log odds. Where music has just ended in steady noise, its peaks fade from
   * the means only slowly.
   */
  function knownOfSound(): number {
    if (given.noise && salience.height > wallHeight) return wallOdds;
    return given.idle && salience.height < (started && given.steady ? wallHeight : noiseHeight) ? -Infinity : 0;
  }

  function followBeat(now: number): void {
    if (activation.update()) {
      evidence.update(activation.tempo, salience.value);
      pointer.applyPrior(evidence.weights);
      let place = pointer.phase * pointer.interval;
      const { interval } = pointer;
      music.known.odds = knownOfSound();
      music.known.weight = music.known.odds < 0 ? idleWeight : Math.max(leastWeight, salience.value);
      for (const chance of activation.beat) {
        place += 1;
        const off = interval > 0 ? place - interval * Math.round(place / interval) : Infinity;
        salience.push(chance);
        pointer.update(chance, salience.value);
        music.known.mass = pointer.mass;
        music.push(chance, Math.exp(-0.5 * (off / expectedWidth) ** 2));
        confidence.push(chance);
      }
      beats.interval = pointer.interval * hopSeconds;
      beats.next = now + (1 - pointer.phase) * beats.interval - activationDelay * hopSeconds;
      while (beats.next < beats.last + refractory * beats.interval) beats.next += beats.interval;
      const bpm = 60 / beats.interval;
      const trust = confidence.of(pointer.mass, evidence.chanceOf(bpm));
      reported.update(bpm, trust, 2 * hopSeconds);
      habit.mass += (pointer.mass - habit.mass) * ((2 * hopSeconds) / keptSeconds);
      habit.buried = started ? habit.buried && habit.mass > keptMass[1] : given.loudNoise && habit.mass > keptMass[0];
      const hasBeat = music.present || habit.buried;
      if (started && !hasBeat) return letGo();
      started = hasBeat;
      if (started) {
        state.bpm = Math.min(180, Math.max(60, reported.bpm));
        const sure = reported.bpm === bpm ? trust : confidence.of(1 - pointer.mass, evidence.chanceOf(reported.bpm));
        state.confidence = sure * levelDoubt(evidence.shareOf(reported.bpm));
        state.pace = bpm;
      }
    }
    if (!started) return;
    showPhase(1 - (beats.next - now) / beats.interval);
  }

  /** Ends the beat, but keeps analysing the sound that follows. */
  function letGo(): void {
    pointer.reset();
    salience.reset();
    reported.reset();
    bar.reset();
    beats.interval = 0;
    beats.next = Infinity;
    habit.mass = 0;
    habit.buried = false;
    started = false;
    Object.assign(state, { bpm: 0, confidence: 0, pace: 0, phase: 0, barPhase: 0, beatInBar: 1 });
  }

  function forget(): void {
    letGo();
    activation.reset();
    evidence.reset();
    confidence.reset();
    music.reset();
  }

  function onHop(): void {
    hops += 1;
    bands.analyse(ring, write);
    bar.push();
    followStructure(hops * hopSeconds);
    if (given.silentSeconds < flywheelSeconds) followBeat(hops * hopSeconds);
    else if (beats.interval > 0) forget();
  }

  return {
    state,
    push(samples, from, to) {
      for (let i = from; i < to; i += 1) {
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
      const ago = since - activationDelay;
      bar.count(since, (beats.next - beats.last) / beats.interval, activation.downbeatWithin(ago + downbeatReach, ago - downbeatReach));
      showPhase(0);
      beats.last = beats.next;
      beats.next += beats.interval;
      return true;
    },
    get inMusic() {
      return started || salience.height > wallHeight;
    },
    rest(rest) {
      given.silentSeconds = rest.silentSeconds;
      given.idle = rest.idle;
      given.steady = rest.steady;
      given.noise = rest.noise;
      given.loudNoise = rest.loudNoise;
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
      given.silentSeconds = 0;
      given.idle = false;
      given.steady = false;
      given.noise = false;
      given.loudNoise = false;
      habit.dropUntil = 0;
      Object.assign(state, { buildup: 0, drop: 0, trend: 0 });
    },
  };
}
