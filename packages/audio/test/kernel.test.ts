import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import wabt from "wabt";
import { createKernel, kernelCode } from "../src/net/kernel.ts";

it("is kernel.wat, assembled", async () => {
  const source = readFileSync(new URL("../src/net/kernel.wat", import.meta.url), "utf8");
  const { parseWat } = await wabt();
  const module = parseWat("kernel.wat", source, { simd: true });
  module.validate();
  expect(kernelCode).toBe(Buffer.from(module.toBinary({}).buffer).toString("base64"));
});

it.each([4, 16, 20, 44, 64, 96])("adds the product of a vector and a matrix of %i columns, and writes nowhere else", (columns) => {
  for (const rows of [1, 3, 96]) {
    const kernel = createKernel(2 * columns + rows + rows * columns + 16);
    const out = kernel.vector(columns);
    const behind = kernel.vector(4);
    const input = kernel.vector(rows);
    const weights = kernel.vector(rows * columns);
    out.set(out.map((_, c) => Math.sin(c)));
    input.set(input.map((_, r) => Math.sin(r + 1)));
    weights.set(weights.map((_, k) => Math.cos(3 * k)));
    const expected = [...out].map((value, c) => input.reduce((sum, x, r) => sum + x * (weights[r * columns + c] ?? NaN), value));
    kernel.accumulate(out, input, weights);
    for (const [c, value] of expected.entries()) expect(out[c]).toBeCloseTo(value, 4);
    expect([...behind]).toEqual([0, 0, 0, 0]);
    expect(input[rows - 1]).toBe(Math.fround(Math.sin(rows)));
  }
});

it("takes parts of vectors, and says what does not fit", () => {
  const kernel = createKernel(64);
  const [out, both, weights] = [kernel.vector(4), kernel.vector(8), kernel.vector(16)];
  both.set([9, 9, 9, 9, 1, 2, 3, 4]);
  weights.fill(1);
  kernel.accumulate(out, both.subarray(4), weights);
  expect([...out]).toEqual([10, 10, 10, 10]);
  expect(() => kernel.accumulate(out, both, weights)).toThrow(/8 values times 16 weights do not give 4/);
  expect(() => kernel.accumulate(kernel.vector(2), both.subarray(0, 2), kernel.vector(4))).toThrow(RangeError);
  expect(() => kernel.vector(1_000_000)).toThrow(RangeError);
});
