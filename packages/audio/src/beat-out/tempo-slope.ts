import type { TempoSource } from "../rhythm/state.ts";

/** A tempo that is more exact than the tracker's: the slope of the line through the times of the last beats. */
export interface TempoSlope {
  /** BPM; 0 before four beats in a row. */
  readonly bpm: number;
  /** Number of beats on the line, up to 32. */
  readonly beats: number;
  /** Takes the stream time of a beat, s. */
  beat(time: number): void;
  reset(): void;
}

/** The beats after a tap still move to those of the music: the slope of fewer is further from the truth than the tempo that is meant. */
const fewestByHand = 16;

/**
 * The tempo as it is sent and shown, BPM: the slope of the beats, or `pace` where that is known better.
 * @param pace the tempo of the beats that are due, BPM
 * @param by whose tempo it is
 * @param locked whether a person holds it
 */
export function exactTempo(pace: number, by: TempoSource, locked: boolean, { bpm, beats }: TempoSlope): number {
  const isGiven = by !== "analysis" && (by !== "tap" || locked || beats < fewestByHand);
  return bpm === 0 || isGiven ? pace : bpm;
}

/** Beats that count: of 32, errors of 5 ms each still give the tempo within 0.02 % (standard deviation). */
const mostBeats = 32;
const fewestBeats = 4;
/** A beat this far from the line, as a share of the time between beats, does not belong to it. */
const offLine = 0.1;
/** So many of the last beats that are not the line's next one are a new tempo or a moved beat. One or two are mistakes. */
const newLineAfter = 3;
const recentBeats = 6;
/** The last four beats are a new tempo when they are this even, s, and their tempo is this far from that of the line, as a share. */
const evenBeats = 4;
const evenWithin = 0.012;
const otherTempo = 0.02;
/** After a pause of more beats than this they are counted anew: the music may be another. */
const longestPause = 8;

/** Allocates nothing per beat. */
export function createTempoSlope(): TempoSlope {
  const times = new Float64Array(mostBeats);
  /** Number of each beat since the first on the line; beats that were left out are counted. */
  const numbers = new Float64Array(mostBeats);
  /** The newest beats, and whether each was the line's next one. */
  const recent = new Float64Array(recentBeats);
  const isNext = new Uint8Array(recentBeats);
  const last = new Float64Array(evenBeats);
  let count = 0;
  let recentCount = 0;
  let interval = 0;
  let start = 0;

  function keep(time: number, number: number): void {
    if (count === mostBeats) {
      times.copyWithin(0, 1);
      numbers.copyWithin(0, 1);
      count -= 1;
    }
    times[count] = time;
    numbers[count] = number;
    count += 1;
    if (count >= 2) fitLine();
  }

  /** Least squares. The first beat is the origin, so that hours of stream time cost no digits. */
  function fitLine(): void {
    const [time0 = 0, number0 = 0] = [times[0], numbers[0]];
    let [sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0];
    for (let i = 0; i < count; i += 1) {
      const [x, y] = [(numbers[i] ?? NaN) - number0, (times[i] ?? NaN) - time0];
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumXY += x * y;
    }
    interval = (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX);
    start = time0 + (sumY - interval * sumX) / count - interval * number0;
  }

  function note(time: number, next: boolean): void {
    if (recentCount === recentBeats) {
      recent.copyWithin(0, 1);
      isNext.copyWithin(0, 1);
      recentCount -= 1;
    }
    recent[recentCount] = time;
    isNext[recentCount] = next ? 1 : 0;
    recentCount += 1;
  }

  /** The line of the beats since the first that was not on the old one. */
  function startAnew(): void {
    const [from, to] = [isNext.indexOf(0), recentCount];
    count = 0;
    recentCount = 0;
    for (let i = from; i < to; i += 1) keep(recent[i] ?? NaN, i - from);
  }

  function others(): number {
    let sum = 0;
    for (let i = 0; i < recentCount; i += 1) sum += isNext[i] === 1 ? 0 : 1;
    return sum;
  }

  /** Whether the last beats are even, and another tempo than the line has: a tempo that changes at once, known as soon as it can be. */
  function isOther(): boolean {
    const [first = NaN, second = NaN, third = NaN, fourth = NaN] = last;
    const [least, most] = [Math.min(second - first, third - second, fourth - third), Math.max(second - first, third - second, fourth - third)];
    const slope = (3 * (fourth - first) + third - second) / 10;
    return most - least < evenWithin && Math.abs(slope / interval - 1) > otherTempo;
  }

  function startFromLast(): void {
    count = 0;
    recentCount = 0;
    for (const [number, time] of last.entries()) keep(time, number);
  }

  return {
    get bpm() {
      return count >= fewestBeats ? 60 / interval : 0;
    },
    get beats() {
      return count;
    },
    beat(time) {
      last.copyWithin(0, 1);
      last[evenBeats - 1] = time;
      if (count < 2) return keep(time, count);
      // Also a line of two beats, of which a key moved one, or kept one from going out.
      if (isOther()) return startFromLast();
      const newest = numbers[count - 1] ?? NaN;
      const place = (time - start) / interval;
      const number = Math.max(newest + 1, Math.round(place));
      if (number - newest > longestPause) {
        this.reset();
        return keep(time, 0);
      }
      const onLine = Math.abs(place - number) <= offLine;
      note(time, onLine && number === newest + 1);
      if (others() === newLineAfter) startAnew();
      else if (onLine) keep(time, number);
    },
    reset() {
      last.fill(NaN);
      count = 0;
      recentCount = 0;
      interval = 0;
    },
  };
}
