import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createLatencyHistogram, roundLatency } from "../src/latency-histogram.ts";

describe("latency histogram", () => {
  it("is all zeros while empty, and again after a reset", () => {
    const histogram = createLatencyHistogram();
    const empty = { min: 0, mean: 0, p50: 0, p95: 0, p99: 0, max: 0 };
    expect(histogram.read()).toEqual(empty);
    histogram.record(3);
    histogram.reset();
    expect(histogram.read()).toEqual(empty);
  });

  it("knows the spread of a hundred values", () => {
    const histogram = createLatencyHistogram();
    for (let ms = 1; ms <= 100; ms += 1) histogram.record(ms);
    const { min, mean, p50, p95, p99, max } = roundLatency(histogram.read());
    expect({ min, mean, max }).toEqual({ min: 1, mean: 50.5, max: 100 });
    expect([p50, p95, p99]).toEqual([50.05, 95.05, 99.05]);
  });

  it("keeps percentiles in order and within the recorded values, also far outside its range", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1 }), (values) => {
        const histogram = createLatencyHistogram();
        for (const value of values) histogram.record(value);
        const { min, p50, p95, p99, max } = histogram.read();
        expect(min).toBe(Math.min(...values));
        expect(max).toBe(Math.max(...values));
        const order = [min, p50, p95, p99, max];
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});
