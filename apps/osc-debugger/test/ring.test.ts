import { expect, it } from "vitest";
import { Ring } from "../src/ring.ts";

it("keeps the last items, oldest first", () => {
  const ring = new Ring<number>(3);
  expect(ring.toArray()).toEqual([]);
  const seen = [1, 2, 3, 4, 5, 6, 7].map((item) => {
    ring.push(item);
    return ring.toArray();
  });
  expect(seen).toEqual([[1], [1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5, 6], [5, 6, 7]]);
  expect(ring.size).toBe(3);
  ring.clear();
  ring.push(8);
  expect(ring.toArray()).toEqual([8]);
});

it("keeps so many bytes", () => {
  const ring = new Ring<string>(10, 100);
  for (const item of ["a", "b", "c"]) ring.push(item, 40);
  expect(ring.toArray()).toEqual(["b", "c"]);
  ring.push("d", 20);
  expect(ring.toArray()).toEqual(["b", "c", "d"]);
  ring.push("e", 500);
  expect(ring.toArray()).toEqual(["e"]);
  ring.clear();
  for (let index = 0; index < 30; index += 1) ring.push(String(index), 1);
  expect(ring.toArray()).toEqual(Array.from({ length: 10 }, (_, index) => String(index + 20)));
});
