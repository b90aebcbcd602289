import { describe, expect, it } from "vitest";
import { add, createNoise, drumLoop, house, joined } from "./rhythm-clips.ts";
import { hitRate, run } from "./rhythm-run.ts";

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

/** A pluck of a chord on every half beat that is not a beat, without bass. */
const offBeats = (seconds: number, bpm = 128): Float32Array => {
  const out = new Float32Array(Math.round(seconds * rate));
  const pluck = Float32Array.from({ length: Math.round(0.2 * rate) }, (_, i) => 0.2 * Math.exp(-i / (0.05 * rate)) * [330, 415, 494, 660, 1320].reduce((sum, hz) => sum + Math.sin((2 * Math.PI * hz * i) / rate), 0));
  for (let beat = 0; (beat + 0.5) * 60 < bpm * seconds; beat += 1) add(out, pluck, Math.round(((beat + 0.5) * 60 * rate) / bpm));
  return out;
};

describe("createRhythm: a break", () => {
  it("keeps the beat of the drums where chords on the half beats are all that is left, and its bar", () => {
    const { beats, states } = run(joined(house(bars(8)), offBeats(bars(8)), house(bars(2))));
    expect(hitRate(beats, { bpm: 128, from: bars(8), to: bars(16) })).toBeGreaterThan(0.9);
    const drums = beats.filter((time) => time > bars(16) - 0.1);
    expect(hitRate(drums, { bpm: 128, from: bars(16) - 0.1, to: bars(18) - 0.1 })).toBeGreaterThan(0.95);
    expect(states[Math.round((bars(16) + 0.1) * 60)]?.beatInBar).toBe(1);
  });
});
