import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LineClock } from "../src/line-clock.ts";
import { activeLine, untilNextLine } from "../src/line-sync.ts";

const lines = [1, 2, 2, 5].map((time) => ({ time, text: `at ${time}` }));

describe("the line being sung", () => {
  it.each([
    [0, 0, -1],
    [0.999, 0, -1],
    [1, 0, 0],
    [2, 0, 1],
    [4.9, 0, 1],
    [5, 0, 3],
    [999, 0, 3],
    [0.8, 200, 0],
    [0.799, 200, -1],
    [1.1, -200, -1],
  ])("at %d s with an offset of %d ms is %d", (position, offset, expected) => {
    expect(activeLine(lines, position, offset)).toBe(expected);
  });
  it("is the original, not the translation of the same time below it", () => {
    const bilingual = [1, 1, 1, 2, 2].map((time, index) => ({ time, text: `${index}` }));
    expect([1, 1.5, 2, 9].map((position) => activeLine(bilingual, position, 0))).toEqual([0, 0, 3, 3]);
    expect(untilNextLine(bilingual, 1, 0)).toBe(1);
  });
  it("is none without lines", () => {
    expect(activeLine([], 10, 0)).toBe(-1);
    expect(untilNextLine([], 10, 0)).toBeUndefined();
  });
  it("is followed by the next after the time between", () => {
    expect(untilNextLine(lines, 0.25, 0)).toBe(0.75);
    expect(untilNextLine(lines, 2, 0)).toBe(3);
    expect(untilNextLine(lines, 2, 1000)).toBe(2);
    expect(untilNextLine(lines, 5, 0)).toBeUndefined();
  });
});

describe("the clock between reports", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function rig(): { clock: LineClock; received: number[] } {
    const received: number[] = [];
    const clock = new LineClock((line) => received.push(line));
    clock.setLines(lines);
    return { clock, received };
  }

  it("begins each line in time, without further reports", () => {
    const { clock, received } = rig();
    clock.setPosition(0, true);
    vi.advanceTimersByTime(999);
    expect(received).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(received).toEqual([0]);
    vi.advanceTimersByTime(10_000);
    expect(received).toEqual([0, 1, 3]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("stands still while paused, and follows a jump", () => {
    const { clock, received } = rig();
    clock.setPosition(1.5, true);
    clock.setPosition(1.5, false);
    vi.advanceTimersByTime(10_000);
    expect(received).toEqual([0]);
    clock.setPosition(5.5, false);
    clock.setPosition(0, true);
    expect(received).toEqual([0, 3, -1]);
  });

  it("does not go back for a report that is a little late", () => {
    const { clock, received } = rig();
    clock.setPosition(0.5, true);
    vi.advanceTimersByTime(510);
    clock.setPosition(0.98, true);
    expect(received).toEqual([0]);
  });

  it("moves by the offset once", () => {
    const { clock, received } = rig();
    clock.setPosition(0.7, false);
    clock.setOffset(200);
    expect(received).toEqual([]);
    clock.setOffset(400);
    expect(received).toEqual([0]);
    clock.setOffset(0);
    expect(received).toEqual([0, -1]);
  });

  it("shows no line of another track before that one's position is known", () => {
    const { clock, received } = rig();
    clock.setPosition(5, true);
    clock.forgetPosition();
    clock.setLines(lines);
    vi.advanceTimersByTime(10_000);
    expect(received).toEqual([3, -1]);
    clock.setPosition(2, true);
    clock.stop();
    vi.advanceTimersByTime(10_000);
    expect(received).toEqual([3, -1, 1]);
  });
});
