/** Where the beats fall: the period and one beat, in seconds of any one clock. */
export interface BeatGrid {
  readonly period: number;
  readonly beat: number;
}

const fewest = 4;
const kept = 9;
/** 40 to 240 BPM, ms. */
const [shortestMs, longestMs] = [250, 1500];
/** Beats that lie less evenly are not a grid, as a part of the period. */
const unevenness = 0.15;

/** Collects the beats of the music as they come, and knows the grid that they lie on. */
export class BeatTracker {
  #beats: number[] = [];

  /** @param at milliseconds of the monotonic clock */
  add(at: number): void {
    const last = this.#beats.at(-1);
    if (last !== undefined && at - last < shortestMs / 2) return;
    if (last !== undefined && at - last > 2 * longestMs) this.#beats = [];
    this.#beats = [...this.#beats, at].slice(-kept);
  }

  /** The grid in milliseconds; undefined without even beats in the last seconds. */
  grid(now: number): BeatGrid | undefined {
    const last = this.#beats.at(-1);
    if (last === undefined || this.#beats.length < fewest) return undefined;
    const intervals = this.#beats.slice(1).map((beat, index) => beat - (this.#beats[index] ?? beat));
    const period = intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)] ?? 0;
    const even = intervals.filter((interval) => Math.abs(interval - period) <= unevenness * period).length;
    if (period < shortestMs || period > longestMs || now - last > 2 * period || even < intervals.length * 0.7) return undefined;
    return { period, beat: last };
  }
}

/**
 * Moves moments to the nearest eighth of the grid, where they follow each other faster to the nearest sixteenth. The first stays: it is
 * known. Moments that would fall together stay where they were.
 * @param times ascending, on the clock of the grid
 */
export function snapToBeats(times: readonly number[], { period, beat }: BeatGrid): number[] {
  const [first = 0] = times;
  const spacing = ((times.at(-1) ?? first) - first) / Math.max(1, times.length - 1);
  const step = spacing < period / 2 ? period / 4 : period / 2;
  const snapped: number[] = [];
  for (const [index, time] of times.entries()) {
    const before = snapped.at(-1) ?? -Infinity;
    const nearest = beat + Math.round((time - beat) / step) * step;
    const after = times[index + 1] ?? Infinity;
    snapped.push(index > 0 && nearest > before && nearest < after ? nearest : Math.max(time, before));
  }
  return snapped;
}
