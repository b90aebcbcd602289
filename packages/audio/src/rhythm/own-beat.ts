import { activationDelay } from "./activation/activation.ts";
import type { Activation } from "./activation/activation.ts";
import { nextOn } from "./hand/hand-beat.ts";
import type { Rest, RhythmState } from "./state.ts";
import { createTempoEvidence } from "./tempo/evidence.ts";
import { createTempoFold } from "./tempo/fold.ts";
import { createTempoHold } from "./tempo/hold.ts";
import { createLevelHold } from "./tempo/level-hold.ts";
import { createBeatPointer } from "./tempo/pointer.ts";
import { createTempoSpace } from "./tempo/space.ts";
import { createConfidence, levelDoubt } from "./trust/confidence.ts";
import { createBreakHold } from "./trust/break-hold.ts";
import { createHalfBeat } from "./trust/half-beat.ts";
import { createPresence, wallHeight } from "./trust/presence.ts";
import type { MeasuredBands } from "./trust/presence.ts";
import { createSalience } from "./trust/salience.ts";
import { statedConfidence } from "./trust/stated.ts";

/** The tracker's own beats: from activations to tempo and phase, and whether there is music. */
export interface OwnBeat {
  /** Seconds per beat, 0 without. */
  readonly interval: number;
  /** Stream time of the next beat, s; Infinity without. */
  readonly next: number;
  /** There is music, so these beats may go out. */
  readonly here: boolean;
  /** The tracker is sure of its beats. */
  readonly sure: boolean;
  /** Beats go out, or the activation has higher peaks than noise has. */
  readonly inMusic: boolean;
  /** How much activations count, 0..1. */
  readonly weight: number;
  /** The silence is longer than the beat runs on. */
  readonly isSilent: boolean;
  /** Sets what is known of the newest sound; holds until the next call. */
  rest(rest: Rest): void;
  /** Processes the bands of one hop, at stream time `now`. @returns true when the networks made a step, so that the beat may be another */
  update(now: number): boolean;
  /** Writes the tempo into the state while there is music. */
  showTempo(): void;
  /** Prefers an interval, s, and a phase, 0..1. */
  favour(interval: number, phase: number): void;
  /** Forgets all beats, but keeps the values of `rest`. */
  forget(): void;
  reset(): void;
}

export interface OwnBeatParts {
  readonly activation: Activation;
  /** Of the newest hop. */
  readonly bands: MeasuredBands;
  readonly state: RhythmState;
  readonly hopSeconds: number;
  /** Called for each activation, 0..1, of the stream time `time`, s. `off`: its distance from the nearest beat, s. */
  readonly onActivation: (activation: number, time: number, off: number) => void;
}

/** Time for which the beat runs on in silence, s. */
export const flywheelSeconds = 2.6;
/** Half width of an expected beat in frames (deviation of a bell). */
const expectedWidth = 1.6;
/** How close a frame is to an expected beat, 0..1. @param off frames from it */
const closeness = (off: number): number => Math.exp(-0.5 * (off / expectedWidth) ** 2);
/** From this probability on the tracker is sure of its beats. */
const sureMass = 0.5;

export function createOwnBeat({ activation, bands, state, hopSeconds, onActivation }: OwnBeatParts): OwnBeat {
  const space = createTempoSpace();
  const evidence = createTempoEvidence(space, activation.tempo.length);
  const pointer = createBeatPointer(space);
  const salience = createSalience();
  const presence = createPresence(salience, bands.values.length);
  const level = createLevelHold();
  const reported = createTempoHold();
  const fold = createTempoFold();
  const confidence = createConfidence();
  const half = createHalfBeat();
  const breakHold = createBreakHold();
  const expected = { onBeat: 0, onHalf: 0, mass: 0 };
  const stepSeconds = 2 * hopSeconds;

  /** One step of the networks: two frames. */
  function step(now: number): void {
    evidence.update(activation.tempo, salience.value);
    pointer.applyPrior(evidence.weights);
    let place = pointer.phase * pointer.interval;
    const { interval } = pointer;
    presence.begin(state.buildup === 1);
    breakHold.judge(state.bassAway === 1, presence.here && pointer.mass > sureMass);
    let time = now - (activationDelay + activation.beat.length) * hopSeconds;
    for (let k = 0; k < activation.beat.length; k += 1) {
      const chance = activation.beat[k] ?? NaN;
      place += 1;
      time += hopSeconds;
      const off = interval > 0 ? place - interval * Math.round(place / interval) : Infinity;
      const onHalf = interval > 0 ? closeness(interval / 2 - Math.abs(off)) : 0;
      salience.push(chance);
      pointer.update(breakHold.of(chance, interval, off), salience.value);
      expected.onBeat = closeness(off);
      expected.onHalf = breakHold.holds ? onHalf : 0;
      expected.mass = pointer.mass;
      presence.push(chance, expected);
      confidence.push(chance);
      half.push(chance, onHalf);
      onActivation(chance, time, Math.abs(off) * hopSeconds);
    }
  }

  function aim(now: number): void {
    const interval = pointer.interval * hopSeconds;
    const newest = now - activationDelay * hopSeconds;
    // In a build-up drums roll: no other level is believed there.
    level.update(interval, newest + (1 - pointer.phase) * interval, stepSeconds, state.buildup === 0);
    own.interval = level.interval;
    own.next = nextOn(level, newest);
  }

  function judge(): void {
    const bpm = 60 / own.interval;
    reported.update(bpm, confidence.of(pointer.mass, evidence.chanceOf(bpm)), stepSeconds);
    presence.judge(pointer.mass, stepSeconds);
  }

  const own = {
    interval: 0,
    next: Infinity,
    get here() {
      return presence.here;
    },
    get sure() {
      return presence.here && pointer.mass > sureMass;
    },
    get inMusic() {
      return presence.here || salience.height > wallHeight;
    },
    get weight() {
      return salience.value;
    },
    get isSilent() {
      return presence.given.silentSeconds >= flywheelSeconds;
    },
    rest: (rest: Rest) => presence.rest(rest),
    update(now: number): boolean {
      presence.listen(bands);
      if (!activation.update()) return false;
      step(now);
      aim(now);
      judge();
      return true;
    },
    showTempo(): void {
      if (!presence.here || own.interval === 0) return;
      const bpm = 60 / own.interval;
      const trust = confidence.of(pointer.mass, evidence.chanceOf(bpm));
      state.bpm = fold.of(reported.bpm);
      state.unfoldedBpm = reported.bpm;
      const sure = reported.bpm === bpm ? trust : confidence.of(1 - pointer.mass, evidence.chanceOf(reported.bpm));
      state.confidence = statedConfidence(sure * levelDoubt(evidence.shareOf(reported.bpm)), half.share);
      state.pace = bpm;
    },
    favour(interval: number, phase: number): void {
      level.reset();
      pointer.favour(interval / hopSeconds, phase);
    },
    forget(): void {
      for (const part of [pointer, salience, level, reported, fold, activation, evidence, confidence, half, breakHold]) part.reset();
      presence.forget();
      own.interval = 0;
      own.next = Infinity;
    },
    reset(): void {
      own.forget();
      presence.reset();
    },
  };
  return own;
}
