import { fc } from "@vj/test-kit/properties";
import { expect, it } from "vitest";
import { PerSecond, PerSender } from "../../src/protocols/remote/rate.ts";

it("never admits more than its number in any second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 200 }), (most, pauses) => {
      const limit = new PerSecond(most);
      let now = 0;
      const admitted: number[] = [];
      for (const pause of pauses) {
        now += pause;
        if (limit.admit(now)) admitted.push(now);
      }
      for (const [index, at] of admitted.entries()) expect(at - (admitted[index - most] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(1000);
    }),
  );
});

it("limits each sender alone, and remembers few of them", () => {
  const limits = new PerSender(2, 4);
  expect(["a", "a", "a", "b"].map((sender) => limits.admit(sender, 0))).toEqual([true, true, false, true]);
  for (let n = 0; n < 10_000; n += 1) limits.admit(`stranger ${n}`, 0);
  expect(limits.size).toBe(4);
});
