import { activationDelay } from "./activation/activation.ts";
import type { Activation } from "./activation/activation.ts";
import type { BarCounter } from "./bar/bar-counter.ts";
import { createDuePlace } from "./bar/due-place.ts";
import { nextOn } from "./hand/hand-beat.ts";
import { createRecentPeaks } from "./hand/recent-peaks.ts";
import { createLead } from "./hand/lead.ts";
import type { Lead } from "./hand/lead.ts";
import { createTempoKeys } from "./hand/tempo-keys.ts";
import type { TempoKeys } from "./hand/tempo-keys.ts";
import { clearBeat } from "./state.ts";
import type { Rest, RhythmState } from "./state.ts";
import { createOwnBeat } from "./own-beat.ts";
import type { OwnBeat } from "./own-beat.ts";
import type { MeasuredBands } from "./trust/presence.ts";

/** Which beat goes out, and when: the tracker's own, a person's, or another program's. */
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
  /** The tracker's own beats, also while others go out. */
  readonly own: Pick<OwnBeat, "interval" | "next">;
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
  readonly bands: MeasuredBands;
  readonly bar: BarCounter;
  /** The beat and the tempo are written here. */
  readonly state: RhythmState;
  readonly hopSeconds: number;
}

/** A beat sooner than this share of the interval after the last one is the same beat. */
const refractory = 0.6;
/** After a longer time without beats the bars are counted anew, s. */
const barSeconds = 3;
/** The downbeat activation of a beat is searched this many frames before and after it. */
const downbeatReach = 4;
/** A line of beats is asked for its next beat from so long ago on, s: each frame takes the beats of the last 17 ms. */
const lookBack = 0.03;

export function createBeatFollower({ activation, bands, bar, state, hopSeconds }: BeatFollowerParts): BeatFollower {
  let hops = 0;
  const lead = createLead(state, bar);
  const peaks = createRecentPeaks(hopSeconds);
  /** Stream times of the beats around now and the time between them, s; whose the last was, and the time between beats then; a lead is shown. */
  const beats = { last: -Infinity, next: Infinity, interval: 0, by: lead.by, lastInterval: 0, led: false };
  const own = createOwnBeat({
    activation,
    bands,
    state,
    hopSeconds,
    onActivation(chance, time, off) {
      peaks.push(chance, time);
      lead.known.weight = own.weight;
      lead.known.music = own.here;
      lead.known.sure = own.sure;
      lead.push(chance, time, off);
    },
  });
  const due = createDuePlace(bar);

  /** A beat goes out a little before or after its time: until then its phase stays below 1, from then on at 0 or more. */
  function showPhase(phase: number): void {
    state.phase = Math.min(0.999, Math.max(0, phase));
    state.beatInBar = bar.beat;
    state.metre = bar.metre;
    state.barPhase = (bar.beat - 1 + state.phase) / bar.metre;
  }

  function aim(now: number): void {
    const { line, by } = lead;
    beats.interval = line === undefined ? own.interval : line.interval;
    beats.next = line === undefined ? own.next : nextOn(line, now - lookBack);
    // Where another takes over, its first beat must not be too close for either.
    const apart = refractory * (by === beats.by ? beats.interval : Math.max(beats.interval, beats.lastInterval));
    while (beats.next < beats.last + apart) beats.next += beats.interval;
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
    own.showTempo();
    if (own.here) showPhase(1 - (beats.next - now) / beats.interval);
  }

  function forget(): void {
    own.forget();
    peaks.reset();
    if (lead.line === undefined) bar.reset();
    beats.interval = 0;
    beats.next = Infinity;
    clearBeat(state);
  }

  const keys = createTempoKeys({
    hand: lead.hand,
    peaks,
    now: () => hops * hopSeconds,
    own: () => ({ time: own.next, interval: own.here ? own.interval : 0 }),
    current: () =>
      (own.here || lead.line !== undefined) && beats.interval > 0 ? { time: beats.next, interval: beats.interval, place: due.place, metre: due.metre, isPlaceGiven: bar.isGiven } : undefined,
    taken({ beatOne, certain }) {
      const now = hops * hopSeconds;
      const { hand } = lead;
      lead.pressed(own.isSilent);
      const beatsSince = (now - activationDelay * hopSeconds - hand.time) / hand.interval;
      if (certain && own.interval > 0) own.favour(hand.interval, beatsSince - Math.floor(beatsSince));
      follow(now);
      if (beatOne === undefined) return;
      const beat = Math.round((beats.next - beatOne) / hand.interval);
      due.give(beat - due.metre * Math.floor(beat / due.metre) + 1);
    },
    released() {
      bar.release();
      due.clear();
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
      return own.inMusic;
    },
    update(now) {
      hops += 1;
      lead.sound(!own.isSilent);
      const wasHere = own.here;
      if (own.isSilent) {
        if (own.interval > 0) forget();
      } else if (own.update(now)) {
        aim(now);
        if (lead.line === undefined) {
          if (wasHere && !own.here) clearBeat(state);
          own.showTempo();
        }
      }
      if (lead.line !== undefined) follow(now);
      else if (beats.led) handBack(now);
      else if (own.here) showPhase(1 - (beats.next - now) / beats.interval);
    },
    takeBeat(untilSec) {
      if (!(own.here || lead.line !== undefined) || beats.next >= untilSec) return false;
      const since = Math.round(hops - beats.last / hopSeconds);
      const ago = since - activationDelay;
      if (beats.next - beats.last > Math.max(barSeconds, 1.5 * beats.interval)) bar.reset();
      // What is not music is not evidence for any beat of the bar.
      if (lead.line !== undefined && !own.here) bar.goOn();
      if (lead.line === lead.followed && lead.followed.metre > 1) bar.expect(lead.followed.placeAt(beats.next), lead.followed.metre);
      bar.count(since, (beats.next - beats.last) / beats.interval, activation.downbeatWithin(ago + downbeatReach, ago - downbeatReach), state.bassAway === 1);
      due.clear();
      beats.last = beats.next;
      beats.next += beats.interval;
      beats.by = lead.by;
      beats.lastInterval = beats.interval;
      if (lead.line === undefined) showPhase(0);
      else lead.show(beats.next, beats.last);
      return true;
    },
    peakNear: (time) => peaks.timeNear(time),
    rest: (rest) => own.rest(rest),
    keys,
    lead,
    own,
    keep() {
      const now = hops * hopSeconds;
      const { last, next, interval } = beats;
      return { locked: lead.hand.active && lead.hand.locked, sinceLast: now - last, untilNext: next - now, interval, place: due.place, metre: due.metre };
    },
    restore({ locked, sinceLast, untilNext, interval, place, metre }) {
      const now = hops * hopSeconds;
      beats.last = now - sinceLast;
      beats.lastInterval = interval;
      if (!locked) return;
      lead.hand.lock(true);
      lead.hand.set({ time: now + untilNext, interval }, { time: 0.01, interval: 0 });
      beats.by = lead.by;
      due.give((place % metre) + 1, metre);
      follow(now);
    },
    reset() {
      lead.release();
      bar.release();
      due.clear();
      forget();
      own.reset();
      beats.led = false;
      hops = 0;
      beats.last = -Infinity;
    },
  };
}
