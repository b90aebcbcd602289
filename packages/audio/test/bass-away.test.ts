import { describe, expect, it } from "vitest";
import { createBassAway } from "../src/structure/bass-away.ts";

const hop = 0.01;
const power = (db: number): number => 10 ** (db / 10);

/** Hops of a kick that sounds for 100 ms of every `beat` seconds, at `db`. @returns seconds in which the bass was away */
function play(bass: ReturnType<typeof createBassAway>, db: number, seconds: number, beat = 0.5): number {
  let away = 0;
  for (let k = 0; k < seconds / hop; k += 1) {
    bass.update((k * hop) % beat < 0.1 ? power(db) : power(-90));
    if (bass.away) away += hop;
  }
  return away;
}

describe("bass away", () => {
  it("is not in a groove, a slow one, or one that becomes 5 dB softer or 20 dB louder", () => {
    for (const beat of [0.5, 1]) {
      const bass = createBassAway(hop);
      expect(play(bass, -20, 20, beat) + play(bass, -25, 20, beat) + play(bass, -5, 20, beat)).toBe(0);
    }
  });

  it("is within two seconds of the last kick, for half a minute, and no longer when it comes back", () => {
    const bass = createBassAway(hop);
    play(bass, -20, 12);
    expect(play(bass, -45, 30)).toBeGreaterThan(28);
    expect(play(bass, -20, 1)).toBeLessThan(0.4);
    expect(bass.away).toBe(false);
  });

  it("is not before there was a groove, and ends where none comes back for three minutes at a lower level", () => {
    const bass = createBassAway(hop);
    expect(play(bass, -60, 10)).toBe(0);
    play(bass, -20, 12);
    play(bass, -38, 180);
    expect(bass.away).toBe(false);
    bass.reset();
    expect(play(bass, -60, 3)).toBe(0);
  });
});
