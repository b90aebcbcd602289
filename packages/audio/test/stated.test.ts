import { describe, expect, it } from "vitest";
import { createHalfBeat } from "../src/rhythm/trust/half-beat.ts";
import { statedBar, statedConfidence, statedPhrase } from "../src/rhythm/trust/stated.ts";

describe("the stated confidence", () => {
  const trusts = Array.from({ length: 101 }, (_, k) => k / 100);

  it("rises with the trust, from 0 without any, and stays within 0..1", () => {
    for (const half of [0, 0.1, 0.5, 1]) {
      const stated = trusts.map((trust) => statedConfidence(trust, half));
      expect(stated[0]).toBe(0);
      expect(stated).toEqual(stated.toSorted((a, b) => a - b));
      expect(Math.max(...stated)).toBeLessThan(1);
    }
  });

  it("is as high as beats are right: middling trust is too modest, and next to no trust stays low", () => {
    expect(statedConfidence(0.95, 0)).toBeGreaterThan(0.93);
    expect(statedConfidence(0.5, 0)).toBeGreaterThan(0.65);
    expect(statedConfidence(0.02, 0)).toBeLessThan(0.15);
  });

  it("falls with what lies between the beats", () => {
    expect(statedConfidence(0.9, 0.3)).toBeLessThan(statedConfidence(0.9, 0.02) - 0.1);
  });
});

describe("the stated confidence in bars and phrases", () => {
  const chances = [0, 0.1, 0.5, 0.9, 1];

  it.each([["bar", statedBar], ["phrase", statedPhrase]])("of the %s rises with both of its parts, within 0..1", (_, stated) => {
    for (const other of chances) {
      for (const list of [chances.map((chance) => stated(chance, other)), chances.map((chance) => stated(other, chance))]) {
        expect(list).toEqual(list.toSorted((a, b) => a - b));
        expect(Math.min(...list)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...list)).toBeLessThan(1);
      }
    }
  });

  it("is low for a sure bar of unsure beats, and high where all is sure", () => {
    expect(statedBar(0.99, 0.3)).toBeLessThan(0.6);
    expect(statedBar(1, 1)).toBeGreaterThan(0.95);
    expect(statedPhrase(1, 1)).toBeGreaterThan(0.95);
    expect(statedPhrase(0.95, 0.01)).toBeLessThan(0.8);
  });
});

describe("the activation half-way between beats", () => {
  /** Peaks every half beat, the second of them of another height. @returns the share after so many frames */
  function share(second: number, frames = 3000): number {
    const half = createHalfBeat();
    for (let k = 0; k < frames; k += 1) {
      const place = k % 50;
      half.push(place === 0 ? 0.8 : place === 25 ? second : 0.02, Math.exp(-0.5 * ((place - 25) / 1.6) ** 2));
    }
    return half.share;
  }

  it("is next to nothing on right beats, and half where as much lies between them", () => {
    expect(share(0.02)).toBeLessThan(0.02);
    expect(share(0.8)).toBeCloseTo(0.5, 1);
    expect(share(0.4)).toBeGreaterThan(0.15);
    expect(share(0.4)).toBeLessThan(0.25);
  });

  it("begins with 0, and forgets", () => {
    const half = createHalfBeat();
    expect(half.share).toBe(0);
    half.push(1, 1);
    expect(half.share).toBe(1);
    half.reset();
    expect(half.share).toBe(0);
  });
});
