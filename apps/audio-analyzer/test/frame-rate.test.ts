import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBenchmark } from "../src/benchmark.ts";
import { createFrameRate } from "../src/frame-rate.ts";
import { startFrameTimer } from "../src/frame-timer.ts";
import { createRecentLatency } from "../src/latency-histogram.ts";

describe("frame rate", () => {
  it("is unknown within the first second, then correct, then 0 when frames stop", () => {
    const rate = createFrameRate();
    for (let n = 0; n < 60; n += 1) rate.count(n * 20);
    expect(rate.perSecond(1200)).toBe(0);
    for (let n = 60; n < 600; n += 1) rate.count(n * 20);
    expect(rate.perSecond(12_000)).toBe(50);
    expect(rate.total).toBe(600);
    expect(rate.perSecond(14_000)).toBe(0);
  });
});

describe("frame timer", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("counts periods of the wall clock, without drift", () => {
    const seen: number[] = [];
    const stop = startFrameTimer(60, (frames) => seen.push(frames));
    vi.advanceTimersByTime(600_000);
    expect(seen.at(-1)).toBe(36_000);
    expect(seen).toHaveLength(36_000);
    stop();
    vi.advanceTimersByTime(1000);
    expect(seen).toHaveLength(36_000);
  });
});

describe("recent latency", () => {
  it("forgets a bad moment after a minute", () => {
    const recent = createRecentLatency();
    recent.record(100);
    for (let n = 0; n < 1000; n += 1) recent.record(1);
    expect(recent.read().max).toBe(100);
    for (let n = 0; n < 3000; n += 1) recent.record(1);
    expect(recent.read().max).toBe(1);
    expect(recent.read().p50).toBe(1);
  });
});

describe("benchmark", () => {
  it.each([
    [14, "excellent"],
    [16, "good"],
    [30, "good"],
    [31, "high"],
  ])("calls a latency of %d ms %s", (ms, verdict) => {
    const benchmark = createBenchmark();
    for (let n = 0; n < 600; n += 1) benchmark.sent(ms, 2);
    expect(benchmark.result(10, 600, 3)).toMatchObject({
      fps: 60,
      frames: 600,
      dropped_frames: 3,
      verdict,
      latency_ms: { min: ms, max: ms },
      stages: { analysis_ms: { max: ms - 2 }, publishing_ms: { max: 2 } },
    });
  });

  it("does not rate silence as good", () => {
    expect(createBenchmark().result(10, 600, 0).verdict).toBe("no sound");
  });
});
