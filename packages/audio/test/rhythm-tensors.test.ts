import { expect, it } from "vitest";
import { decodeTensors } from "../src/rhythm/activation/tensors.ts";

const packed = { tensors: { w: { scale: 0.5, data: btoa("\x01\x00\xff\xff\x00\x80\xff\x7f") } } };

it("unpacks little-endian 16-bit integers times their scale", () => {
  expect([...decodeTensors(packed)("w")]).toEqual([0.5, -0.5, -16_384, 16_383.5]);
});

it("names the tensors there are when one is missing", () => {
  expect(() => decodeTensors(packed)("b")).toThrow(/no tensor "b" among w/);
});
