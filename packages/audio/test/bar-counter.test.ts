import { describe, expect, it } from "vitest";
import { createBarCounter } from "../src/rhythm/bar/bar-counter.ts";
import { logBandCount } from "../src/rhythm/front-end/log-bands.ts";

const hopsPerBeat = 47;

/** A counter for beats of equal sound, which differ only in their downbeat activation. */
const createCounting = () => {
  const bar = createBarCounter(new Float64Array(logBandCount).fill(1));
  const count = (downbeat = 0.25, beats = 1, inBreak = false): number => {
    for (let hop = 0; hop < hopsPerBeat; hop += 1) bar.push();
    bar.count(hopsPerBeat, beats, downbeat, inBreak);
    return bar.beat;
  };
  /** Counts `bars` bars; the downbeat activation is high on the beats for which `isOne` is true. */
  const countBars = (bars: number, isOne: (beat: number) => boolean, inBreak = false): number[] => {
    let wasOne = false;
    return Array.from({ length: 4 * bars }, (_, k) => {
      const beat = count(wasOne ? 0.8 : 0.05, 1, inBreak);
      wasOne = isOne(k);
      return beat;
    });
  };
  return { bar, count, countBars };
};

describe("createBarCounter", () => {
  it("finds the one where the downbeat activation is high", () => {
    const { countBars } = createCounting();
    const beats = countBars(8, (k) => k % 4 === 2);
    expect(beats.slice(-4)).toEqual([3, 4, 1, 2]);
  });

  it("counts on through bars without evidence", () => {
    const { count, countBars } = createCounting();
    const before = countBars(8, (k) => k % 4 === 1).at(-1) ?? 0;
    for (let k = 1; k <= 64; k += 1) expect(count()).toBe(((before - 1 + k) % 4) + 1);
  });

  it("keeps its place in a break through bars against it that would move it elsewhere", () => {
    const [groove, inBreak] = [false, true].map((isBreak) => {
      const { countBars } = createCounting();
      countBars(8, (k) => k % 4 === 2);
      return countBars(12, (k) => k % 4 === 0, isBreak).slice(-4);
    });
    expect(inBreak).toEqual([3, 4, 1, 2]);
    expect(groove).not.toEqual([3, 4, 1, 2]);
  });

  it("stays through one bar against it and gives way to many", () => {
    const { countBars } = createCounting();
    countBars(8, (k) => k % 4 === 0);
    expect(countBars(1, (k) => k === 2)).toEqual([1, 2, 3, 4]);
    expect(countBars(12, (k) => k % 4 === 2).slice(-4)).toEqual([3, 4, 1, 2]);
  });

  it("goes two places on where a beat was left out", () => {
    const { count, countBars } = createCounting();
    const before = countBars(4, (k) => k % 4 === 0).at(-1);
    expect(before).toBe(4);
    expect(count(0.25, 2.1)).toBe(2);
  });

  it.each([
    ["just after a beat", 0.08, 1, 2],
    ["just before one", 0.94, 4, 1],
  ])("takes the beat of a drop for the one: %s", (_, phase, now, then) => {
    const { bar, count } = createCounting();
    for (let k = 0; k < 7; k += 1) count();
    expect(bar.beat).toBe(3);
    bar.drop(phase);
    expect(bar.beat).toBe(now);
    expect(count()).toBe(then);
  });

  it("leaves the count alone at a drop between beats, and where many bars are evidence against it", () => {
    const { bar, count, countBars } = createCounting();
    for (let k = 0; k < 7; k += 1) count();
    bar.drop(0.4);
    expect(bar.beat).toBe(3);
    bar.reset();
    countBars(12, (k) => k % 4 === 0);
    count(0.05);
    expect(count(0.8)).toBe(2);
    bar.drop(0.05);
    expect(bar.beat).toBe(2);
  });

  it("says that a place was given from the moment when it is, until it is released", () => {
    const { bar, count } = createCounting();
    count();
    expect(bar.isGiven).toBe(false);
    bar.expect(3);
    expect(bar.isGiven).toBe(true);
    expect(count()).toBe(3);
    expect(bar.isGiven).toBe(true);
    bar.release();
    expect(bar.isGiven).toBe(false);
  });

  it("begins again at 1 after reset", () => {
    const { bar, count, countBars } = createCounting();
    countBars(6, (k) => k % 4 === 3);
    bar.reset();
    expect(bar.beat).toBe(1);
    expect([count(), count()]).toEqual([1, 2]);
  });
});
