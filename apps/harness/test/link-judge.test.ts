import { describe, expect, it } from "vitest";
import { slipsIn } from "../src/link/judge.ts";

/** Ten times a second. */
const ways = (...parts: [count: number, beats: number][]) => parts.flatMap(([count, beats]) => Array.from({ length: count }, () => beats)).map((beats, index) => ({ seconds: index / 10, beats }));

describe("slips of the bar", () => {
  it("are changes that last a second", () => {
    expect(slipsIn(ways([20, 0.1], [9, 1], [20, -0.1]))).toEqual([]);
    expect(slipsIn(ways([20, 0.1], [10, 1.2]))).toEqual([{ seconds: 2.9, from: 0, to: 1 }]);
  });

  it("do not count half a bar twice, which may be seen as two beats before or after", () => {
    expect(slipsIn(ways([20, 1.9], [20, -1.9]))).toEqual([]);
  });

  it("do not count the first bar, whatever it is", () => {
    expect(slipsIn(ways([5, 1], [20, -1]))).toEqual([]);
  });
});
