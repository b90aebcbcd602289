import { describe, expect, it } from "vitest";
import { createPublishLag } from "../src/publish-lag.ts";

describe("the lag of frames", () => {
  it("is unknown before the first, and that of the first after it", () => {
    const lag = createPublishLag();
    expect(lag.ms).toBeUndefined();
    lag.note(41.5);
    expect(lag.ms).toBe(41.5);
    lag.reset();
    expect(lag.ms).toBeUndefined();
  });

  it("is the usual one, whatever a fifth of all do", () => {
    const lag = createPublishLag();
    for (let frame = 0; frame < 600; frame += 1) lag.note(1e6 + 30 + (frame % 4) - 1.5 + (frame % 5 === 0 ? 70 : 0));
    expect(Math.abs((lag.ms ?? NaN) - 1e6 - 30)).toBeLessThan(0.6);
  });

  it("is another one two seconds after it changed", () => {
    const lag = createPublishLag();
    for (let frame = 0; frame < 300; frame += 1) lag.note(30);
    for (let frame = 0; frame < 120; frame += 1) lag.note(55);
    expect(lag.ms).toBeCloseTo(55, 6);
  });
});
