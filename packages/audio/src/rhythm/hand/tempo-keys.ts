import { handTempo } from "./hand-beat.ts";
import type { BeatLine, HandBeat } from "./hand-beat.ts";
import type { RecentPeaks } from "./recent-peaks.ts";
import { createTaps } from "./tap-fit.ts";

/** Outcome of a key: done, or why not; `one_more`: a tempo needs another tap. */
export type KeyResult = "done" | "one_more" | "no_tempo" | "too_slow" | "too_fast";

/** Tempo by hand. Times are stream times, s; BPM. */
export interface TempoKeys {
  /** A beat was tapped: moves the beat, from the second or third tap on the tempo too. */
  tap(time: number): KeyResult;
  /** Moves all beats by some seconds, later if positive. */
  nudge(seconds: number): KeyResult;
  double(): KeyResult;
  halve(): KeyResult;
  /** Beat 1 of a bar was at this time. */
  resync(time: number): KeyResult;
  /** Holds a tempo whatever the music does; without `bpm` the present one. Off: the music may move it again. */
  lock(on: boolean, bpm?: number): KeyResult;
  /** Gives the beat back to the tracker. */
  auto(): KeyResult;
}

/** Parts that the keys use. */
export interface TempoKeyParts {
  readonly hand: HandBeat;
  readonly peaks: RecentPeaks;
  /** Beats as they go out: the next one, s, the place of the last one in the bar, 1..metre, the beats of the bar, and whether a person or a program said so; undefined while there are none. */
  current(): (BeatLine & { readonly place: number; readonly metre: number; readonly isPlaceGiven: boolean }) | undefined;
  /** The tracker's own beats; their interval is 0 while it has none. */
  own(): BeatLine;
  /** The present stream time, s. */
  now(): number;
  /**
   * The hand has been set: beats go out by it from now on. `beatOne`: the time of beat 1 of a bar; `certain`: it is certain enough for
   * the tracker's own beats to begin there too.
   */
  taken(given: { readonly beatOne?: number; readonly certain: boolean }): void;
  released(): void;
}

/** A person's single press is this exact, s, and the tempo that was there before this exact, as a share. */
const pressDoubt = 0.03;
const tempoDoubt = 0.004;
/** Two taps this close to the tempo that was there, as a share, mean the same tempo. */
const sameTempo = 0.15;
/** Levels of the metre that taps may mean, as multiples of the tracker's interval, and how likely each is. */
const levels = [
  { level: 1, likely: 0.5 },
  { level: 2, likely: 0.25 },
  { level: 1 / 2, likely: 0.25 },
  ...[3, 1 / 3, 3 / 2, 2 / 3].map((level) => ({ level, likely: 0.02 })),
] as const;
/** From this number of taps on, they count more than the tracker where the two disagree. */
const certainTaps = 6;
/** The tracker's tempo is half the present one within this share. */
const sameHalf = 0.04;
/** Beats by which the better half is chosen. */
const halfBeats = 8;

export function createTempoKeys({ hand, peaks, current, own, now, taken, released }: TempoKeyParts): TempoKeys {
  const taps = createTaps();

  /** A program that is followed may have a tempo that no hand has. */
  function outOfRange(interval: number): KeyResult | undefined {
    if (60 / interval > handTempo.highest + 1e-6) return "too_fast";
    return 60 / interval < handTempo.lowest - 1e-6 ? "too_slow" : undefined;
  }

  function tapped(time: number): KeyResult {
    const ownInterval = own().interval;
    const fit = taps.fit(ownInterval > 0 ? levels.map(({ level, likely }) => ({ interval: ownInterval * level, likely })) : []);
    const present = current();
    const few = taps.count < 2 || (taps.count === 2 && present !== undefined);
    if (fit === undefined || few) {
      if (present === undefined) return "one_more";
      const refused = outOfRange(present.interval);
      if (refused !== undefined) return refused;
      const same = fit !== undefined && Math.abs(fit.interval / present.interval - 1) < sameTempo;
      hand.set({ time: same ? fit.time + (time - fit.time) / 2 : time, interval: present.interval }, { time: pressDoubt, interval: tempoDoubt * present.interval });
      taken({ certain: false });
      return "done";
    }
    const { interval, isExpected } = fit;
    const refused = outOfRange(interval);
    if (refused !== undefined) return refused;
    hand.set(fit, { time: Math.max(0.01, fit.timeDoubt), interval: isExpected ? tempoDoubt * interval : fit.intervalDoubt });
    taken({ certain: !isExpected && fit.taps >= certainTaps });
    return "done";
  }

  /** The height of the peaks at every other beat of a line, back from a time. */
  function heightAt(from: number, interval: number): number {
    let sum = 0;
    for (let k = 0; k < halfBeats; k += 1) sum += peaks.near(from - 2 * k * interval);
    return sum;
  }

  /**
   * Whether a beat is one of those that stay when every other one goes: one of the tracker's own, where these are half as
   * many, else one of those with the higher peaks.
   */
  function keepsAt(time: number, interval: number): boolean | undefined {
    const { time: ownTime, interval: ownInterval } = own();
    if (Math.abs(ownInterval / (2 * interval) - 1) < sameHalf) {
      const place = (time - ownTime) / ownInterval;
      return Math.abs(place - Math.round(place)) < 0.25;
    }
    const [these, others] = [heightAt(time, interval), heightAt(time - interval, interval)];
    return these === others ? undefined : these > others;
  }

  function rescale(line: BeatLine, place: number): KeyResult {
    const refused = outOfRange(line.interval);
    if (refused !== undefined) return refused;
    const { offset } = hand;
    hand.set(line, { time: 0.01, interval: tempoDoubt * line.interval }, hand.active ? offset : 0);
    taps.reset();
    taken({ beatOne: line.time - (place - 1) * line.interval, certain: true });
    return "done";
  }

  return {
    tap(time) {
      taps.add(time);
      return tapped(time);
    },
    nudge(seconds) {
      const present = current();
      if (present === undefined) return "no_tempo";
      const refused = outOfRange(present.interval);
      if (refused !== undefined) return refused;
      if (!hand.active) hand.set(present, { time: 0.01, interval: tempoDoubt * present.interval });
      hand.nudge(seconds);
      taps.reset();
      taken({ certain: false });
      return "done";
    },
    double() {
      const present = current();
      if (present === undefined) return "no_tempo";
      const last = present.time - present.interval;
      return rescale({ time: last, interval: present.interval / 2 }, ((2 * (present.place - 1)) % present.metre) + 1);
    },
    halve() {
      const present = current();
      if (present === undefined) return "no_tempo";
      const { time, interval, place, metre, isPlaceGiven } = present;
      const last = time - interval;
      const isOdd = place % 2 === 1;
      // A beat that a person called 1 stays.
      const keepsLast = isPlaceGiven && metre % 2 === 0 ? isOdd : (keepsAt(last, interval) ?? isOdd);
      const kept = keepsLast ? last : last - interval;
      const keptPlace = keepsLast ? place : ((place + metre - 2) % metre) + 1;
      return rescale({ time: kept, interval: 2 * interval }, Math.floor((keptPlace - 1) / 2) + 1);
    },
    resync(time) {
      const present = current();
      if (present === undefined) return "no_tempo";
      const refused = outOfRange(present.interval);
      if (refused !== undefined) return refused;
      hand.set({ time, interval: present.interval }, { time: pressDoubt, interval: tempoDoubt * present.interval });
      taps.reset();
      taken({ beatOne: time, certain: true });
      return "done";
    },
    lock(on, bpm) {
      if (!on) {
        hand.lock(false);
        return "done";
      }
      const present = current();
      if (present === undefined && bpm === undefined) return "no_tempo";
      const interval = bpm === undefined ? (present?.interval ?? NaN) : 60 / bpm;
      const refused = outOfRange(interval);
      if (refused !== undefined) return refused;
      const time = present === undefined ? now() : present.time - present.interval;
      hand.lock(true);
      hand.set({ time, interval }, { time: 0.01, interval: 0 }, hand.active ? hand.offset : 0);
      // A beat that a person called 1 is that at the other tempo, too.
      const beatOne = present?.isPlaceGiven === true ? time - (present.place - 1) * present.interval : undefined;
      taken({ certain: true, ...(beatOne === undefined ? {} : { beatOne }) });
      return "done";
    },
    auto() {
      taps.reset();
      hand.release();
      released();
      return "done";
    },
  };
}
