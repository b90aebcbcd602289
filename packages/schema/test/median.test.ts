import { describe, expect, it } from "vitest";
import { median, quantile } from "../src/index.ts";

describe("median", () => {
  it.each([
    [[], 0],
    [[7], 7],
    [[10, 9, 2], 9],
    [[1, 4, 3, 2], 3],
  ])("of %j is %d", (values, expected) => expect(median(values)).toBe(expected));

  it("leaves the list as it was", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("quantile", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [hundred, 0.99, 99],
    [hundred, 1, 100],
    [hundred, 0, 1],
    [[5], 0.5, 5],
    [[], 0.5, 0],
  ])("is the number that a share of them does not exceed", (values, share, expected) => expect(quantile(values, share)).toBe(expected));
});
