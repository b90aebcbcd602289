import { describe, expect, it } from "vitest";
import { createTempoHold } from "../src/rhythm/tempo/hold.ts";

const step = 0.02;

/** Passes the same tempo to the hold for some seconds. @returns the tempo reported after each step */
function report(hold: ReturnType<typeof createTempoHold>, bpm: number, seconds: number, confidence = 0.9): number[] {
  return Array.from({ length: Math.round(seconds / step) }, () => {
    hold.update(bpm, confidence, step);
    return hold.bpm;
  });
}

describe("the reported tempo", () => {
  it("is the first one at once, and follows a drift without delay", () => {
    const hold = createTempoHold();
    expect(report(hold, 120, step)).toEqual([120]);
    for (let bpm = 120; bpm < 160; bpm += 0.1) expect(report(hold, bpm, step)).toEqual([bpm]);
  });

  it("does not follow a slip to half the tempo, but half the tempo within two seconds, and any other within half a second", () => {
    const hold = createTempoHold();
    report(hold, 120, 20);
    expect(new Set(report(hold, 60, 0.8))).toEqual(new Set([120]));
    expect(new Set(report(hold, 120, 1))).toEqual(new Set([120]));
    const half = report(hold, 60, 20);
    expect(half.indexOf(60) * step).toBeGreaterThan(0.8);
    expect(half.indexOf(60) * step).toBeLessThan(2);
    const cut = report(hold, 70, 4);
    expect(cut.indexOf(70) * step).toBeGreaterThan(0.2);
    expect(cut.indexOf(70) * step).toBeLessThan(0.5);
    expect(cut.at(-1)).toBe(70);
  });

  it("is soon corrected at the beginning", () => {
    const hold = createTempoHold();
    report(hold, 70, 0.3);
    expect(report(hold, 140, 1).indexOf(140) * step).toBeLessThan(0.4);
  });

  it("stays through a breakdown, where another tempo has no evidence", () => {
    const hold = createTempoHold();
    report(hold, 125, 30);
    expect(new Set(report(hold, 62.5, 8, 0))).toEqual(new Set([125]));
    expect(report(hold, 62.5, 8, 0).at(-1)).toBe(62.5);
  });

  it("forgets", () => {
    const hold = createTempoHold();
    report(hold, 125, 30);
    hold.reset();
    expect(hold.bpm).toBe(0);
    expect(report(hold, 90, step)).toEqual([90]);
  });
});
