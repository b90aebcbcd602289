import { expect, it } from "vitest";
import { decodeTensors } from "../src/net/tensors.ts";

/** Two columns, with the scales 0.5 and 2. */
const packed = { tensors: { w: { scales: btoa("\x00\x00\x00\x3f\x00\x00\x00\x40"), data: btoa("\x01\xff\x81\x7f") } } };

it("unpacks 8-bit integers times the scale of their column", () => {
  expect([...decodeTensors(packed)("w")]).toEqual([0.5, -2, -63.5, 254]);
});

it("names the tensors there are when one is missing", () => {
  expect(() => decodeTensors(packed)("b")).toThrow(/no tensor "b" among w/);
});
