import { describe, expect, it } from "vitest";
import { levelDoubt } from "../src/rhythm/trust/confidence.ts";
import { createTempoEvidence } from "../src/rhythm/tempo/evidence.ts";
import { createTempoSpace } from "../src/rhythm/tempo/space.ts";

describe("the network's probability of half and double", () => {
  const classes = new Float64Array(50);
  const place = (bpm: number): number => Math.round(24 * Math.log2(bpm / 50));
  const shareOf = (bpm: number, chances: Record<number, number>): number => {
    classes.fill(0);
    for (const [at, chance] of Object.entries(chances)) classes[place(Number(at))] = chance;
    const evidence = createTempoEvidence(createTempoSpace(), classes.length);
    evidence.update(classes, 1);
    return evidence.shareOf(bpm);
  };

  it("lowers the confidence of a tempo whose half or double is likelier", () => {
    expect(shareOf(140, { 140: 0.9 })).toBeGreaterThan(0.95);
    expect(shareOf(140, { 70: 0.9, 140: 0.05 })).toBeLessThan(0.15);
    expect(shareOf(70, { 70: 0.05, 140: 0.9 })).toBeLessThan(0.15);
    expect([0.01, 0.2, 0.4, 1].map(levelDoubt)).toEqual([0.25, expect.closeTo(0.57, 2), 1, 1]);
  });

  it("stays low while the network prefers the double for a moment only", () => {
    const evidence = createTempoEvidence(createTempoSpace(), classes.length);
    const prefer = (bpm: number, seconds: number): void => {
      classes.fill(0);
      classes[place(bpm)] = 0.9;
      for (let step = 0; step < seconds * 50; step += 1) evidence.update(classes, 1);
    };
    prefer(74, 10);
    prefer(148, 2);
    expect(evidence.shareOf(148)).toBeLessThan(0.3);
    prefer(148, 20);
    expect(evidence.shareOf(148)).toBeGreaterThan(0.9);
    evidence.reset();
    prefer(74, 1);
    expect(evidence.shareOf(74)).toBeGreaterThan(0.9);
  });

  it("looks for no tempo outside its classes", () => {
    expect(shareOf(90, { 90: 0.1, 50: 0.9 })).toBeGreaterThan(0.95);
    expect(shareOf(120, { 120: 0.1, 200: 0.9 })).toBeGreaterThan(0.95);
  });
});
