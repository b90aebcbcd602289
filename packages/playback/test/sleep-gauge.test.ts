import { describe, expect, it } from "vitest";
import { createSleepGauge } from "../src/sleep-gauge.ts";

function gauge(): { slept: () => number; pass: (ms: number) => void; sleep: (ms: number) => void; set: (ms: number) => void } {
  const at = { day: 1.8e12, machine: 5e8, process: 1000 };
  const slept = createSleepGauge({ day: () => at.day, machine: () => Math.floor(at.machine / 1000) * 1000, process: () => at.process });
  const sleep = (ms: number): void => {
    at.day += ms;
    at.machine += ms;
  };
  return { slept, sleep, pass: (ms) => (sleep(ms), (at.process += ms)), set: (ms) => (at.day += ms) };
}

describe("the sleep of the machine", () => {
  it("is measured to the ms, once", () => {
    const { slept, pass, sleep } = gauge();
    pass(700);
    expect(slept()).toBe(0);
    sleep(3_600_123);
    pass(500);
    expect(slept()).toBe(3_600_123);
    pass(500);
    expect(slept()).toBe(0);
  });

  it("is not a clock that is set, forth or back", () => {
    const { slept, pass, set } = gauge();
    for (const ms of [3_600_000, -3_600_000, 5000]) {
      set(ms);
      pass(500);
      expect(slept()).toBe(0);
    }
  });

  it("is known to the second when the clock is set at once, as a time server does after it", () => {
    const { slept, sleep, set } = gauge();
    sleep(60_000);
    set(3_600_000);
    expect(Math.abs(slept() - 60_000)).toBeLessThanOrEqual(1000);
  });
});
