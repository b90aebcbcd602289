import { activationDelay } from "./activation/activation.ts";
import type { Activation } from "./activation/activation.ts";
import type { BarCounter } from "./bar/bar-counter.ts";
import { nextOn } from "./hand/hand-beat.ts";
import { createRecentPeaks } from "./hand/recent-peaks.ts";
import { createLead } from "./hand/lead.ts";
import type { Lead } from "./hand/lead.ts";
import { createTempoKeys } from "./hand/tempo-keys.ts";
import type { TempoKeys } from "./hand/tempo-keys.ts";
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
  /** The stream time of the clear peak of the activation near a beat, s; NaN without one, and until 0.15 s after the beat. */
  peakNear(time: number): number;
  /** Sets what is known of the newest sound; holds until the next call. */
  rest(rest: Rest): void;
  /** Tempo by hand and by other programs. */
  readonly keys: TempoKeys;
  readonly lead: Lead;
  /** The tracker's own beats, also while others go out: seconds per beat, 0 without; the next one, s; its probability, 0..1. */
  readonly own: Readonly<{ interval: number; next: number; mass: number }>;
  /** What outlives `reset`: the newest beat, and a locked tempo. */
  keep(): KeptBeat;
  /** Takes over from another stream. */
  restore(kept: KeptBeat): void;
  reset(): void;
}

/** Beats of another stream, that go on in this one. */
export interface KeptBeat {
  /** The tempo was locked. */
  readonly locked: boolean;
  /** Seconds since the last beat, until the next one, and between beats. */
  readonly sinceLast: number;
  readonly untilNext: number;
  readonly interval: number;
  /** Place of the last beat in the bar, 1..metre, and the beats of the bar. */
  readonly place: number;
  readonly metre: number;
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
/** A line of beats is asked for its next beat from so long ago on, s: each frame takes the beats of the last 17 ms. */
const lookBack = 0.03;
/** From this probability on the tracker is sure of its beats. */
const sureMass = 0.5;

export function createBeatFollower({ activation, bands, bar, state, hopSeconds }: BeatFollowerParts): BeatFollower {
  const space = createTempoSpace();
  const evidence = createTempoEvidence(space, activation.tempo.length);
  const pointer = createBeatPointer(space);
  const salience = createSalience();
  const presence = createPresence(salience, bands.values.length);
  const reported = createTempoHold();
  const confidence = createConfidence();
  let hops = 0;
  const lead = createLead(state, bar);
  const peaks = createRecentPeaks(hopSeconds);
  /** Stream times of the beats around now and the time between them, s; whose the last was, and the time between beats then; a lead is shown. */
  const beats = { last: -Infinity, next: Infinity, interval: 0, by: lead.by, lastInterval: 0, led: false };
  const own = { next: Infinity, interval: 0, mass: 0 };
  /** The place in the bar that a key gave to the next beat, from 1, until that is counted; 0: none. */
  const due = { place: 0 };

  /** A beat goes out a little before or after its time: until then its phase stays below 1, from then on at 0 or more. */
  function showPhase(phase: number): void {
    state.phase = Math.min(0.999, Math.max(0, phase));
    state.beatInBar = bar.beat;
    state.metre = bar.metre;
    state.barPhase = (bar.beat - 1 + state.phase) / bar.metre;
  }

  /** One step of the networks: two frames. */
  function hear(now: number): void {
    evidence.update(activation.tempo, salience.value);
    pointer.applyPrior(evidence.weights);
    let place = pointer.phase * pointer.interval;
    const { interval } = pointer;
    presence.begin(state.buildup === 1);
    let time = now - (activationDelay + activation.beat.length) * hopSeconds;
    for (const chance of activation.beat) {
      place += 1;
      time += hopSeconds;
      const off = interval > 0 ? place - interval * Math.round(place / interval) : Infinity;
      salience.push(chance);
      pointer.update(chance, salience.value);
      presence.push(chance, Math.exp(-0.5 * (off / expectedWidth) ** 2), pointer.mass);
      confidence.push(chance);
      peaks.push(chance, time);
      lead.known.weight = salience.value;
      lead.known.music = presence.here;
      lead.known.sure = presence.here && pointer.mass > sureMass;
      lead.hear(chance, time, Math.abs(off) * hopSeconds);
    }
  }

  function aim(now: number): void {
    const { line, by } = lead;
    beats.interval = line === undefined ? own.interval : line.interval;
    beats.next = line === undefined ? own.next : nextOn(line, now - lookBack);
    // Where another takes over, its first beat must not be too close for either.
    const apart = refractory * (by === beats.by ? beats.interval : Math.max(beats.interval, beats.lastInterval));
    while (beats.next < beats.last + apart) beats.next += beats.interval;
  }

  function aimOwn(now: number): void {
    own.interval = pointer.interval * hopSeconds;
    own.next = now + (1 - pointer.phase) * own.interval - activationDelay * hopSeconds;
    own.mass = pointer.mass;
    aim(now);
  }

  function report(): void {
    const bpm = 60 / own.interval;
    const trust = confidence.of(pointer.mass, evidence.chanceOf(bpm));
    reported.update(bpm, trust, 2 * hopSeconds);
    const wasHere = presence.here;
    presence.judge(pointer.mass, 2 * hopSeconds);
    if (lead.line !== undefined) return;
    if (wasHere && !presence.here) clearBeat(state);
    showTempo();
  }

  /** The tracker's own tempo, while there is music. */
  function showTempo(): void {
    if (!presence.here || own.interval === 0) return;
    const bpm = 60 / own.interval;
    const trust = confidence.of(pointer.mass, evidence.chanceOf(bpm));
    state.bpm = Math.min(180, Math.max(60, reported.bpm));
    const sure = reported.bpm === bpm ? trust : confidence.of(1 - pointer.mass, evidence.chanceOf(reported.bpm));
    state.confidence = sure * levelDoubt(evidence.shareOf(reported.bpm));
    state.pace = bpm;
  }

  /** Beats of a person or another program go out. */
  function follow(now: number): void {
    beats.led = true;
    aim(now);
    lead.show(beats.next, now);
  }

  /** The tracker's own beats go out again, without a frame between that has no tempo. */
  function handBack(now: number): void {
    beats.led = false;
    clearBeat(state);
    aim(now);
    showTempo();
    if (presence.here) showPhase(1 - (beats.next - now) / beats.interval);
  }

  /** The place of the beat before the next one. */
  function place(): number {
    return due.place === 0 ? bar.beat : ((due.place + bar.metre - 2) % bar.metre) + 1;
  }

  function forget(): void {
    for (const part of [pointer, salience, reported, activation, evidence, confidence, peaks]) part.reset();
    if (lead.line === undefined) bar.reset();
    presence.forget();
    own.interval = 0;
    own.next = Infinity;
    own.mass = 0;
    beats.interval = 0;
    beats.next = Infinity;
    clearBeat(state);
  }

  const keys = createTempoKeys({
    hand: lead.hand,
    peaks,
    now: () => hops * hopSeconds,
    own: () => ({ time: own.next, interval: presence.here ? own.interval : 0 }),
    current: () =>
      presence.here || lead.line !== undefined ? { time: beats.next, interval: beats.interval, place: place(), metre: bar.metre, isPlaceGiven: bar.isGiven } : undefined,
    taken({ beatOne, certain }) {
      const now = hops * hopSeconds;
      const { hand } = lead;
      lead.pressed(presence.given.silentSeconds >= flywheelSeconds);
      const beatsSince = (now - activationDelay * hopSeconds - hand.time) / hand.interval;
      if (certain && own.interval > 0) pointer.favour(hand.interval / hopSeconds, beatsSince - Math.floor(beatsSince));
      follow(now);
      if (beatOne === undefined) return;
      const beat = Math.round((beats.next - beatOne) / hand.interval);
      due.place = beat - bar.metre * Math.floor(beat / bar.metre) + 1;
      bar.expect(due.place);
    },
    released() {
      bar.release();
      due.place = 0;
      const now = hops * hopSeconds;
      if (lead.line === undefined) handBack(now);
      else follow(now);
    },
  });

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
      const isSilent = presence.given.silentSeconds >= flywheelSeconds;
      lead.sound(!isSilent);
      if (isSilent) {
        if (own.interval > 0) forget();
      } else {
        presence.listen(bands);
        if (activation.update()) {
          hear(now);
          aimOwn(now);
          report();
        }
      }
      if (lead.line !== undefined) follow(now);
      else if (beats.led) handBack(now);
      else if (presence.here) showPhase(1 - (beats.next - now) / beats.interval);
    },
    takeBeat(untilSec) {
      if (!(presence.here || lead.line !== undefined) || beats.next >= untilSec) return false;
      const since = Math.round(hops - beats.last / hopSeconds);
      const ago = since - activationDelay;
      if (beats.next - beats.last > Math.max(barSeconds, 1.5 * beats.interval)) bar.reset();
      // What is not music is not evidence for any beat of the bar.
      if (lead.line !== undefined && !presence.here) bar.goOn();
      if (lead.line === lead.followed && lead.followed.metre > 1) bar.expect(lead.followed.placeAt(beats.next), lead.followed.metre);
      bar.count(since, (beats.next - beats.last) / beats.interval, activation.downbeatWithin(ago + downbeatReach, ago - downbeatReach));
      due.place = 0;
      beats.last = beats.next;
      beats.next += beats.interval;
      beats.by = lead.by;
      beats.lastInterval = beats.interval;
      if (lead.line === undefined) showPhase(0);
      else lead.show(beats.next, beats.last);
      return true;
    },
    peakNear: (time) => peaks.timeNear(time),
    rest: (rest) => presence.rest(rest),
    keys,
    lead,
    own,
    keep() {
      const now = hops * hopSeconds;
      const { last, next, interval } = beats;
      return { locked: lead.hand.active && lead.hand.locked, sinceLast: now - last, untilNext: next - now, interval, place: place(), metre: bar.metre };
    },
    restore({ locked, sinceLast, untilNext, interval, place, metre }) {
      const now = hops * hopSeconds;
      beats.last = now - sinceLast;
      beats.lastInterval = interval;
      if (!locked) return;
      lead.hand.lock(true);
      lead.hand.set({ time: now + untilNext, interval }, { time: 0.01, interval: 0 });
      beats.by = lead.by;
      bar.expect((place % metre) + 1, metre);
      follow(now);
    },
    reset() {
      lead.release();
      bar.release();
      due.place = 0;
      forget();
      beats.led = false;
      presence.reset();
      hops = 0;
      beats.last = -Infinity;
    },
  };
}
