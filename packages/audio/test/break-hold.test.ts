import { describe, expect, it } from "vitest";
import { createBreakHold } from "../src/rhythm/trust/break-hold.ts";

const interval = 50;

/** What counts of each frame of a beat whose only peak, of three frames, is at `peak` (0 is the beat), after as many beats as fill the memory. */
function beat(hold: ReturnType<typeof createBreakHold>, peak: number): number[] {
  let counts: number[] = [];
  for (let k = 0; k < 3; k += 1)
    counts = Array.from({ length: interval }, (_, frame) => {
      const off = frame > interval / 2 ? frame - interval : frame;
      return hold.of(Math.abs(frame - peak) < 2 ? 0.8 : 0.01, interval, off);
    });
  return counts;
}

describe("break hold", () => {
  it("changes nothing while the bass is there, and nothing where the beats were not sure when it went", () => {
    const hold = createBreakHold();
    hold.judge(false, true);
    expect(beat(hold, 25)[25]).toBe(0.8);
    expect(beat(hold, 25)[0]).toBe(0.01);
    hold.judge(true, false);
    hold.judge(true, true);
    expect(hold.holds).toBe(false);
    expect(beat(hold, 25)[25]).toBe(0.8);
  });

  it("counts a peak on the half beat as one on the next beat", () => {
    const hold = createBreakHold();
    hold.judge(false, true);
    hold.judge(true, true);
    const counts = beat(hold, 25);
    expect(counts[0]).toBe(0.8);
    expect(counts[25]).toBe(0.4);
  });

  it("says nothing for or against where a peak on the beat is missing, and counts those on the beat and elsewhere", () => {
    const hold = createBreakHold();
    hold.judge(false, true);
    hold.judge(true, true);
    expect(beat(hold, 12)[0]).toBe(0.4);
    expect(beat(hold, 12)[12]).toBe(0.8);
    expect(beat(hold, 0)[0]).toBe(0.8);
  });

  it("ends when the bass comes back", () => {
    const hold = createBreakHold();
    hold.judge(false, true);
    hold.judge(true, true);
    hold.judge(true, false);
    expect(hold.holds).toBe(true);
    hold.judge(false, true);
    expect(hold.holds).toBe(false);
    expect(beat(hold, 25)[25]).toBe(0.8);
  });
});
