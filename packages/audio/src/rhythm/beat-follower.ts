import { activationDelay } from "./activation/activation.ts";
import type { Activation } from "./activation/activation.ts";
import type { BarCounter } from "./bar/bar-counter.ts";
import { clearBeat } from "./state.ts";
import type { Rest, RhythmState } from "./state.ts";
import { createTempoEvidence } from "./tempo/evidence.ts";
import { createTempoHold } from "./tempo/hold.ts";
import { createBeatPointer } from "./tempo/pointer.ts";
import { createTempoSpace } from "./tempo/space.ts";
import { createConfidence, levelDoubt } from "./trust/confidence.ts";
import { createPresence, wallHeight } from "./trust/presence.ts";
import type { HeardBands } from "./trust/presence.ts";
import { createSalience } from "./trust/salience.ts";

/** Turns activations into beats: where the beat is, whether there is one, when the next is due. */
export interface BeatFollower {
  /** Stream times of the newest beat that went out and of the next one, s. */
  readonly last: number;
  readonly next: number;
  /** Beats go out, or the activation has higher peaks than noise has. */
  readonly inMusic: boolean;
  /** One hop later, at stream time `now`. */
  update(now: number): void;
  /** True once per beat that is due before `untilSec`. */
  takeBeat(untilSec: number): boolean;
  /** Sets what is known of the newest sound; holds until the next call. */
  rest(rest: Rest): void;
  reset(): void;
}

/** Parts that a beat follower uses. */
export interface BeatFollowerParts {
  readonly activation: Activation;
  /** Of the newest hop. */
  readonly bands: HeardBands;
  readonly bar: BarCounter;
  /** The beat and the tempo are written here. */
  readonly state: RhythmState;
  readonly hopSeconds: number;
}

/** A beat sooner than this share of the interval after the last one is the same beat. */
const refractory = 0.6;
/** Time for which the beat runs on in silence, s. */
const flywheelSeconds = 2.6;
/** After a longer time without beats the bars are counted anew, s. */
const barSeconds = 3;
/** Half width of an expected beat in frames (deviation of a bell). */
const expectedWidth = 1.6;
/** The downbeat activation of a beat is searched this many frames before and after it. */
const downbeatReach = 4;

export function createBeatFollower({ activation, bands, bar, state, hopSeconds }: BeatFollowerParts): BeatFollower {
  const space = createTempoSpace();
  const evidence = createTempoEvidence(space, activation.tempo.length);
  const pointer = createBeatPointer(space);
  const salience = createSalience();
  const presence = createPresence(salience, bands.values.length);
  const reported = createTempoHold();
  const confidence = createConfidence();
  let hops = 0;
  /** Stream times of the beats around now and the time between them, s. */
  const beats = { last: -Infinity, next: Infinity, interval: 0 };

  /** A beat goes out a little before or after its time: until then its phase stays below 1, from then on at 0 or more. */
  function showPhase(phase: number): void {
    state.phase = Math.min(0.999, Math.max(0, phase));
    state.beatInBar = bar.beat;
    state.barPhase = (bar.beat - 1 + state.phase) / 4;
  }

  /** One step of the networks: two frames. */
  function hear(): void {
    evidence.update(activation.tempo, salience.value);
    pointer.applyPrior(evidence.weights);
    let place = pointer.phase * pointer.interval;
    const { interval } = pointer;
    presence.begin(state.buildup === 1);
    for (const chance of activation.beat) {
      place += 1;
      const off = interval > 0 ? place - interval * Math.round(place / interval) : Infinity;
      salience.push(chance);
      pointer.update(chance, salience.value);
      presence.push(chance, Math.exp(-0.5 * (off / expectedWidth) ** 2), pointer.mass);
      confidence.push(chance);
    }
  }

  function aim(now: number): void {
    beats.interval = pointer.interval * hopSeconds;
    beats.next = now + (1 - pointer.phase) * beats.interval - activationDelay * hopSeconds;
    while (beats.next < beats.last + refractory * beats.interval) beats.next += beats.interval;
  }

  function report(): void {
    const bpm = 60 / beats.interval;
    const trust = confidence.of(pointer.mass, evidence.chanceOf(bpm));
    reported.update(bpm, trust, 2 * hopSeconds);
    const wasHere = presence.here;
    presence.judge(pointer.mass, 2 * hopSeconds);
    if (wasHere && !presence.here) clearBeat(state);
    if (!presence.here) return;
    state.bpm = Math.min(180, Math.max(60, reported.bpm));
    const sure = reported.bpm === bpm ? trust : confidence.of(1 - pointer.mass, evidence.chanceOf(reported.bpm));
    state.confidence = sure * levelDoubt(evidence.shareOf(reported.bpm));
    state.pace = bpm;
  }

  function forget(): void {
    for (const part of [pointer, salience, reported, bar, activation, evidence, confidence]) part.reset();
    presence.forget();
    beats.interval = 0;
    beats.next = Infinity;
    clearBeat(state);
  }

  return {
    get last() {
      return beats.last;
    },
    get next() {
      return beats.next;
    },
    get inMusic() {
      return presence.here || salience.height > wallHeight;
    },
    update(now) {
      hops += 1;
      if (presence.given.silentSeconds >= flywheelSeconds) {
        if (beats.interval > 0) forget();
        return;
      }
      presence.listen(bands);
      if (activation.update()) {
        hear();
        aim(now);
        report();
      }
      if (presence.here) showPhase(1 - (beats.next - now) / beats.interval);
    },
    takeBeat(untilSec) {
      if (!presence.here || beats.next >= untilSec) return false;
      const since = Math.round(hops - beats.last / hopSeconds);
      const ago = since - activationDelay;
      if (beats.next - beats.last > barSeconds) bar.reset();
      bar.count(since, (beats.next - beats.last) / beats.interval, activation.downbeatWithin(ago + downbeatReach, ago - downbeatReach));
      showPhase(0);
      beats.last = beats.next;
      beats.next += beats.interval;
      return true;
    },
    rest: (rest) => presence.rest(rest),
    reset() {
      forget();
      presence.reset();
      hops = 0;
      beats.last = -Infinity;
    },
  };
}
