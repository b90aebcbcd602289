import { describe, expect, it } from "vitest";
import { fc } from "@vj/test-kit/properties";
import { createByteBudget } from "../src/byte-budget.ts";

/** Pictures of some bytes, ten a second, each drawn if the budget allows. @returns bytes written */
function play(sizes: readonly number[], perSecond: number, reserve: number): number {
  const budget = createByteBudget(perSecond, reserve);
  let written = 0;
  for (const [index, bytes] of sizes.entries()) {
    const now = 5000 + 100 * index;
    if (budget.isSpent(now)) continue;
    budget.spend(bytes, now);
    written += bytes;
  }
  return written;
}

describe("the budget of bytes", () => {
  it("lets all small pictures through, and as many of the large ones as fit", () => {
    const minute = 600;
    expect(play(Array.from({ length: minute }, () => 790), 8000, 16_000)).toBe(790 * minute);
    const large = play(Array.from({ length: minute }, () => 1000), 8000, 16_000);
    expect(large / 60).toBeGreaterThan(7900);
    expect(large / 60).toBeLessThan(8400);
  });

  it("allows a whole screen at once, and then waits", () => {
    const budget = createByteBudget(8000, 16_000);
    budget.spend(18_000, 0);
    expect(budget.isSpent(249)).toBe(true);
    expect(budget.isSpent(250)).toBe(false);
  });

  it("is never exceeded by more than its reserve and one picture", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), (sizes) => {
        expect(play(sizes, 8000, 16_000)).toBeLessThanOrEqual(16_000 + 800 * sizes.length + 20_000);
      }),
    );
  });
});
