import { describe, expect, it } from "vitest";
import { createNoise, drumLoop, house, joined } from "./rhythm-clips.ts";
import { run } from "./rhythm-run.ts";

const rate = 44_100;
const bars = (count: number): number => (count * 4 * 60) / 128;

/** Noise that rises to `level` over the time. */
const riser = (seconds: number, level: number): Float32Array => {
  const noise = createNoise(11);
  const length = Math.round(seconds * rate);
  let before = 0;
  return Float32Array.from({ length }, (_, i) => {
    const now = noise();
    const high = now - before;
    before = now;
    return level * (i / length) ** 2 * high;
  });
};

const hatsOnly = (seconds: number): Float32Array => drumLoop({ bpm: 128, seconds, hat: "..x...x...x...x." });

describe("createRhythm: build-up and drop", () => {
  it("sees the build-up and fires once when kick and bass come back", () => {
    const at = bars(10);
    const { drops, states } = run(joined(house(bars(6)), riser(bars(4), 0.3), house(bars(4))));
    expect(drops).toHaveLength(1);
    expect(Math.abs((drops[0] ?? 0) - at)).toBeLessThan(0.15);
    expect(states[Math.round((at - 0.5) * 60)]?.buildup).toBe(1);
    expect(states[Math.round((at + 2) * 60)]?.buildup).toBe(0);
    expect(states.filter((state) => state.drop === 1).length).toBeLessThan(30);
    expect(states[Math.round((at + 0.2) * 60)]?.beatInBar).toBe(1);
  });

  it.each([
    ["the kick is only out for a bar", joined(house(bars(6)), hatsOnly(bars(1)), house(bars(5)))],
    ["a breakdown ends without a rise", joined(house(bars(6)), hatsOnly(bars(4)), house(bars(4)))],
    ["the drums come in for the first time", joined(riser(bars(4), 0.3), house(bars(6)))],
    ["a rise leads nowhere", joined(house(bars(6)), riser(bars(4), 0.3), hatsOnly(bars(4)))],
    ["the music goes on", house(bars(12))],
  ])("stays still when %s", (_, samples) => {
    expect(run(samples).drops).toEqual([]);
  });

  it("keeps the trend within -1..1: up into a loud part, down out of it", () => {
    const quiet = house(bars(4)).map((s) => s * 0.05);
    const { states } = run(joined(quiet, house(bars(4)), quiet));
    const trends = states.map((state) => state.trend);
    expect(Math.max(...trends)).toBeLessThanOrEqual(1);
    expect(Math.min(...trends)).toBeGreaterThanOrEqual(-1);
    expect(trends[Math.round((bars(4) + 1) * 60)]).toBeGreaterThan(0.5);
    expect(trends[Math.round((bars(8) + 1.5) * 60)]).toBeLessThan(-0.5);
  });
});
