import { describe, expect, it } from "vitest";
import { createKeptBeat } from "../src/rhythm/trust/kept-beat.ts";
import { createNoise } from "./rhythm-clips.ts";

/** A peak in every beat of half a second, as close to the expected beat as `onBeat` says. */
function push(beat: ReturnType<typeof createKeptBeat>, onBeat: (peak: number) => number, peaks: number, { height = 0.2, attacks = true } = {}): void {
  for (let peak = 0; peak < peaks; peak += 1) {
    const close = onBeat(peak);
    for (let frame = 0; frame < 50; frame += 1) beat.push(frame < 3 ? height : 0.01, frame < 3 ? close : 0, attacks);
  }
}

/** The peaks of music were high until now. */
function afterMusic(): ReturnType<typeof createKeptBeat> {
  const beat = createKeptBeat();
  push(beat, () => 1, 20, { height: 0.7 });
  beat.reset();
  return beat;
}

describe("kept beat", () => {
  it("is found within eight seconds where low peaks go on on the beat, three of four or all of them", () => {
    for (const onBeat of [() => 1, (peak: number) => (peak % 4 === 3 ? 0 : 0.9)]) {
      const beat = afterMusic();
      push(beat, onBeat, 16);
      expect(beat.found).toBe(true);
    }
  });

  it("is not found in peaks at random, for ten minutes", () => {
    const random = createNoise(3);
    const beat = afterMusic();
    let found = 0;
    for (let k = 0; k < 1200; k += 1) {
      push(beat, () => Math.exp(-0.5 * ((random() * 25) / 1.6) ** 2), 1);
      if (beat.found) found += 1;
    }
    expect(found).toBe(0);
  });

  it("is not found without attacks", () => {
    const beat = afterMusic();
    push(beat, () => 1, 60, { attacks: false });
    expect(beat.found).toBe(false);
  });

  it("is lost within six seconds where the peaks leave the beat, and at once by a reset", () => {
    const beat = afterMusic();
    push(beat, () => 1, 16);
    expect(beat.found).toBe(true);
    push(beat, () => 0, 12);
    expect(beat.found).toBe(false);
    push(beat, () => 1, 12);
    expect(beat.found).toBe(true);
    beat.reset();
    expect(beat.found).toBe(false);
  });
});
