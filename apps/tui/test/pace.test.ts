import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { calmPace, startPace } from "../src/pace.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the pace of drawing", () => {
  it("is ten a second while something moves, and two while nothing does", () => {
    let moving = true;
    const draw = vi.fn(() => moving);
    const pace = startPace(draw);
    vi.advanceTimersByTime(1000);
    expect(draw).toHaveBeenCalledTimes(11);
    moving = false;
    vi.advanceTimersByTime(100);
    draw.mockClear();
    vi.advanceTimersByTime(5000);
    expect(draw).toHaveBeenCalledTimes(10);
    pace.stop();
    vi.advanceTimersByTime(5000);
    expect(draw).toHaveBeenCalledTimes(10);
  });

  it("is increased by changes, but never beyond ten a second", () => {
    const draw = vi.fn(() => false);
    const pace = startPace(draw);
    vi.advanceTimersByTime(200);
    pace.wake();
    vi.advanceTimersByTime(1);
    expect(draw).toHaveBeenCalledTimes(2);
    for (let ms = 0; ms < 1000; ms += 5) {
      pace.wake();
      vi.advanceTimersByTime(5);
    }
    expect(draw.mock.calls.length).toBeLessThanOrEqual(12);
    expect(draw.mock.calls.length).toBeGreaterThanOrEqual(11);
    pace.stop();
  });

  it("is one a second in calm, whatever moves", () => {
    const draw = vi.fn(() => true);
    const pace = startPace(draw, calmPace);
    for (let ms = 0; ms < 4000; ms += 50) {
      pace.wake();
      vi.advanceTimersByTime(50);
    }
    expect(draw).toHaveBeenCalledTimes(5);
    pace.stop();
  });

  it("draws at once for a key", () => {
    const draw = vi.fn(() => false);
    const pace = startPace(draw);
    pace.now();
    pace.now();
    expect(draw).toHaveBeenCalledTimes(3);
    pace.stop();
    pace.wake();
    vi.advanceTimersByTime(1000);
    expect(draw).toHaveBeenCalledTimes(3);
  });
});
