import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { calmPace, startPace } from "../src/pace.ts";
import type { Pace } from "../src/pace.ts";

/** Something that moves arrives, and time passes. */
function arrive(pace: Pace, ms: number): void {
  pace.follow();
  vi.advanceTimersByTime(0);
  vi.advanceTimersByTime(ms);
}

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

  it("falls into step with what arrives ten times a second, wherever it begins, and stays at ten", () => {
    for (let offset = 0; offset < 100; offset += 5) {
      const draw = vi.fn(() => true);
      const pace = startPace(draw);
      vi.advanceTimersByTime(offset);
      for (let turn = 0; turn < 10; turn += 1) arrive(pace, 100);
      draw.mockClear();
      for (let turn = 0; turn < 20; turn += 1) {
        // A few milliseconds early or late, as a busy machine has it.
        const shift = (turn % 3) * 6;
        vi.advanceTimersByTime(shift);
        const before = draw.mock.calls.length;
        arrive(pace, 0);
        expect(draw.mock.calls.length - before, `from ${offset} ms on`).toBe(1);
        vi.advanceTimersByTime(100 - shift);
      }
      expect(draw).toHaveBeenCalledTimes(20);
      pace.stop();
    }
  });

  it("stays at ten while more arrives, and goes on when nothing arrives any more", () => {
    const draw = vi.fn(() => true);
    const pace = startPace(draw);
    for (const every of [1000 / 60, 50]) {
      draw.mockClear();
      for (let ms = 0; ms < 3000; ms += every) arrive(pace, every);
      expect(draw.mock.calls.length).toBeGreaterThanOrEqual(29);
      expect(draw.mock.calls.length).toBeLessThanOrEqual(31);
    }
    draw.mockClear();
    vi.advanceTimersByTime(3000);
    expect(draw.mock.calls.length).toBeGreaterThanOrEqual(29);
    expect(draw.mock.calls.length).toBeLessThanOrEqual(31);
    pace.stop();
    arrive(pace, 1000);
    expect(draw.mock.calls.length).toBeLessThanOrEqual(31);
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
