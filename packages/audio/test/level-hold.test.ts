import { describe, expect, it } from "vitest";
import { createLevelHold } from "../src/rhythm/tempo/level-hold.ts";

const step = 0.02;

/** A stretch of the tracker's beats: `beat` is the stream time of one of them. */
interface Stretch {
  readonly interval: number;
  readonly beat?: number;
  readonly seconds: number;
  readonly counts?: boolean;
}

/** Passes stretches of beats to a hold. @returns the interval after each step of the last stretch, and the beat after the last step */
function keep(stretches: readonly Stretch[]): { readonly intervals: number[]; readonly time: number } {
  const hold = createLevelHold();
  let now = 0;
  let intervals: number[] = [];
  for (const { interval, beat = 0, seconds, counts = true } of stretches) {
    intervals = Array.from({ length: Math.round(seconds / step) }, () => {
      now += step;
      hold.update(interval, beat + interval * Math.ceil((now - beat) / interval), step, counts);
      return hold.interval;
    });
  }
  return { intervals, time: hold.time };
}

/** Distance of a beat from those of a line through 0, s. */
function off(time: number, interval: number): number {
  return Math.abs(time - interval * Math.round(time / interval));
}

const settled = { interval: 0.5, seconds: 60 };

describe("the level of the metre", () => {
  it.each([
    ["half", 1],
    ["a third of", 1.5],
    ["twice", 0.25],
    ["three times", 1 / 6],
  ])("stays through 10 s of %s the tempo", (_, interval) => {
    const { intervals, time } = keep([settled, { interval, seconds: 10 }]);
    for (const kept of intervals) expect(kept).toBeCloseTo(0.5, 9);
    expect(off(time, 0.5)).toBeLessThan(1e-6);
  });

  it("stays on its own beats where the other level has others between them", () => {
    const { time } = keep([{ interval: 0.5, beat: 0.25, seconds: 60 }, { interval: 0.25, seconds: 5 }]);
    expect(off(time - 0.25, 0.5)).toBeLessThan(1e-6);
  });

  it("goes on with a tempo that drifts while the tracker is on the other level", () => {
    const { intervals } = keep([settled, ...Array.from({ length: 20 }, (_, k) => ({ interval: 1 + k / 1000, seconds: 0.2 }))]);
    expect(intervals.at(-1)).toBeCloseTo(0.5095, 9);
  });

  it("is given up after 12 s, or after three tenths of the time for which it stood", () => {
    const late = keep([settled, { interval: 1, seconds: 20 }]).intervals.findIndex((interval) => interval > 0.9);
    expect(late * step).toBeCloseTo(12, 0);
    const early = keep([{ ...settled, seconds: 20 }, { interval: 1, seconds: 20 }]).intervals.findIndex((interval) => interval > 0.9);
    expect(early * step).toBeCloseTo(6, 0);
  });

  it("is not given up for what does not count", () => {
    expect(keep([settled, { interval: 1, seconds: 40, counts: false }]).intervals.at(-1)).toBeCloseTo(0.5, 9);
  });

  it("doubts only what lasts: each return begins anew", () => {
    const roll = [{ interval: 1, seconds: 8 }, { interval: 0.5, seconds: 1 }];
    expect(keep([settled, ...roll, ...roll, ...roll]).intervals.every((interval) => Math.abs(interval - 0.5) < 1e-9)).toBe(true);
  });

  it("is not kept while it is young, nor against a tempo that is not a level of it", () => {
    expect(keep([{ ...settled, seconds: 15 }, { interval: 1, seconds: step }]).intervals).toEqual([1]);
    expect(keep([settled, { interval: 0.65, seconds: step }]).intervals).toEqual([0.65]);
  });

  it("forgets", () => {
    const hold = createLevelHold();
    for (let k = 0; k < 1000; k += 1) hold.update(0.5, 0.5 * k, step, true);
    hold.reset();
    expect(hold.interval).toBe(0);
    hold.update(1, 3, step, true);
    expect([hold.interval, hold.time]).toEqual([1, 3]);
  });
});
