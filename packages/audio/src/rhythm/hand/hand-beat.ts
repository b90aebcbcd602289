import { createGridError } from "./grid-error.ts";

/** The tempi that a person can set, and that the music can move such a tempo to, BPM. */
export const handTempo = { lowest: 30, highest: 300 } as const;

/** An interval, s, within those of `handTempo`. */
function within(interval: number): number {
  return Math.min(60 / handTempo.lowest, Math.max(60 / handTempo.highest, interval));
}

/** Beats in a line: one at `time`, s, and one every `interval`, s. */
export interface BeatLine {
  readonly time: number;
  readonly interval: number;
}

/** How uncertain a line is: standard deviations, s. */
export interface LineDoubt {
  readonly time: number;
  readonly interval: number;
}

/**
 * The beat as a person has set it. It is a prior with a small variance: what the networks find near it moves it, by a Kalman
 * filter over the time of the beat and the interval, and what they find elsewhere does not.
 */
export interface HandBeat extends BeatLine {
  /** A person has set the beat. */
  readonly active: boolean;
  /** The tempo does not move. */
  readonly locked: boolean;
  /** Distance from what the networks find that is kept, s. */
  readonly offset: number;
  /** Takes a line, with an interval within `handTempo`; a lock stays. */
  set(line: BeatLine, doubt: LineDoubt, offset?: number): void;
  /** Moves all beats by some seconds, and keeps that distance from what the networks find. */
  nudge(seconds: number): void;
  lock(on: boolean): void;
  /** Processes an activation, 0..1, of the stream time `time`, s, with this weight, 0..1. @returns true once per beat */
  push(activation: number, time: number, weight: number): boolean;
  /** The line counts in another stream time, which is later by `seconds`. */
  shift(seconds: number): void;
  release(): void;
}

/**
 * Drift from one beat to the next, standard deviations: of the time of the beat, s, and of the interval, as a share of it. Players hurry
 * and drag.
 */
const timeDrift = 0.003;
const intervalDrift = 0.0012;
/** Error of a clear measurement, s. */
const gridNoise = 0.014;
/** Measurements less clear than this are left out, 0..1. */
const leastClear = 0.3;
/** A measurement further off than this many standard deviations does not belong to the line. */
const farthest = 3.5;
/**
 * A locked beat is moved only by peaks that stay at one place in the beat: peaks of music at another tempo are anywhere. Beats over which
 * this is judged, then the least steadiness, 0..1.
 */
const placeMemory = 8;
const leastStill = 0.6;
/** A beat is measured from this long before the next beat, in beats, to this long before the one after it. */
const windowStart = 0.25;

/** The first beat of a line at or after a time, s. */
export function nextOn({ time, interval }: BeatLine, from: number): number {
  return time + Math.ceil((from - time) / interval - 1e-9) * interval;
}

export function createHandBeat(): HandBeat {
  const grid = createGridError();
  // Fractions as first values: V8 then stores these fields as numbers that change in place.
  const line = { time: 0.5, interval: 0.5, offset: 0.5 };
  /** The mean direction of the error within half a beat: long where the peaks stay at one place. */
  const place = { cos: 0.5, sin: 0.5 };
  /** Covariance of time and interval. */
  const doubt = { time: 0.5, both: 0.5, interval: 0.5 };

  /** The line a beat later, as uncertain as it is then. */
  function advance(): void {
    line.time += line.interval;
    const drift = hand.locked ? 0 : intervalDrift * line.interval;
    doubt.time += 2 * doubt.both + doubt.interval + timeDrift ** 2;
    doubt.both += doubt.interval;
    doubt.interval += drift ** 2;
  }

  function staysThere(error: number): boolean {
    const angle = (4 * Math.PI * error) / line.interval;
    place.cos += (Math.cos(angle) - place.cos) / placeMemory;
    place.sin += (Math.sin(angle) - place.sin) / placeMemory;
    return Math.hypot(place.cos, place.sin) >= leastStill;
  }

  function correct(): void {
    const { clear } = grid;
    if (clear < leastClear) return;
    const error = grid.errorBeside(line.offset / line.interval) * line.interval;
    if (hand.locked && !staysThere(error)) return;
    const total = doubt.time + (gridNoise / clear) ** 2;
    if (error ** 2 > farthest ** 2 * total) return;
    const [time, interval] = [doubt.time / total, doubt.both / total];
    line.time += time * error;
    line.interval = within(line.interval + interval * error);
    doubt.interval -= interval * doubt.both;
    doubt.both -= time * doubt.both;
    doubt.time -= time * doubt.time;
  }

  const hand = {
    active: false,
    locked: false,
    get time() {
      return line.time;
    },
    get interval() {
      return line.interval;
    },
    get offset() {
      return line.offset;
    },
    set(next: BeatLine, { time, interval }: LineDoubt, offset = 0): void {
      line.time = next.time;
      line.interval = within(next.interval);
      line.offset = offset;
      doubt.time = time ** 2;
      doubt.both = 0;
      doubt.interval = hand.locked ? 0 : interval ** 2;
      grid.begin();
      hand.active = true;
    },
    nudge(seconds: number): void {
      line.time += seconds;
      line.offset += seconds;
    },
    lock(on: boolean): void {
      hand.locked = on;
      place.cos = 1;
      place.sin = 0;
      doubt.both = 0;
      if (on) doubt.interval = 0;
    },
    push(activation: number, time: number, weight: number): boolean {
      // Nudges moved the line into the future: measurements go on with its beat that is next.
      if (line.time > time + line.interval) line.time = nextOn(line, time);
      grid.add(activation, (time - line.time) / line.interval, weight);
      if (time < line.time + (1 - windowStart) * line.interval) return false;
      correct();
      grid.begin();
      while (line.time + (1 - windowStart) * line.interval <= time) advance();
      return true;
    },
    shift(seconds: number): void {
      line.time += seconds;
    },
    release(): void {
      hand.active = false;
      hand.locked = false;
    },
  };
  return hand;
}
