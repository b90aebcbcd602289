import { expect, it } from "vitest";
import { RateLimit } from "../src/rate-limit.ts";

it("admits one per interval and kind, and counts those that it suppressed", () => {
  const limit = new RateLimit(1000);
  expect([0, 1, 999].map((now) => limit.admit("a", now))).toEqual([0, undefined, undefined]);
  expect(limit.admit("b", 500)).toBe(0);
  expect(limit.admit("a", 1000)).toBe(2);
  expect(limit.admit("a", 2000)).toBe(0);
});

it("forgets kinds whose interval has passed", () => {
  const limit = new RateLimit(1000);
  limit.admit("old", 0);
  limit.admit("old", 1);
  for (let n = 0; n < 300; n += 1) limit.admit(`kind ${n}`, 2000);
  expect(limit.admit("old", 2500)).toBe(0);
});
