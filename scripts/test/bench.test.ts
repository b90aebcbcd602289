import { expect, it } from "vitest";
import { compareRow, measure, measures } from "../../bench/compare/pairs.mjs";
import { ms, quantile, ratio, toJson, toText, us } from "../report.mjs";
import type { Table } from "../report.mjs";
import { curve, niceAbove } from "../../bench/growth/curve.mjs";
import { interval } from "../score/bootstrap.mjs";

const table: Table = { title: "Round trip", head: ["", "p50", "÷ raw", "runs"], rows: [["raw", us(61.23), ratio(1), 7], ["bus", us(80.4), ratio(1.31), "not run"]] };

it("a table of a bench is aligned for a person, and has bare numbers with their units for a program", () => {
  expect(toText(table).split("\n")).toEqual([
    "",
    "Round trip",
    "           p50  ÷ raw     runs",
    "  raw  61.2 µs   1.00        7",
    "  bus  80.4 µs   1.31  not run",
  ]);
  expect(toJson(table)).toEqual({
    title: "Round trip",
    rows: [{ name: "raw", "p50 µs": 61.23, "÷ raw": 1, runs: 7 }, { name: "bus", "p50 µs": 80.4, "÷ raw": 1.31, runs: "not run" }],
  });
});

it("a quantile is by nearest rank", () => {
  expect([0, 0.5, 0.99].map((q) => quantile([3, 1, 2], q))).toEqual([1, 2, 3]);
  expect(quantile([], 0.5)).toBeNaN();
});

it("the interval of a mean contains it, is narrow for equal values, and the same in each run", () => {
  expect(interval([2, 2, 2])).toEqual([2, 2]);
  const values = Array.from({ length: 40 }, (_, k) => k % 5);
  const [low, high] = interval(values);
  expect(low).toBeGreaterThan(1.4);
  expect(low).toBeLessThan(2);
  expect(high).toBeGreaterThan(2);
  expect(high).toBeLessThan(2.6);
  expect(interval(values)).toEqual([low, high]);
});

it("a comparison uses the difference within each pair, and reports a slowdown of 3 % or more", () => {
  const moods = [100, 400, 200, 800];
  const row = (factor: number) => compareRow("start-up", moods.map((before) => ({ before, after: before * factor })));
  expect(row(1.1)).toEqual(["start-up", { ...ms(400), digits: 1 }, { ...ms(440.00000000000006), digits: 1 }, ...Array.from({ length: 3 }, () => ({ value: expect.closeTo(10, 6), unit: "%", digits: 1 })), "slower"]);
  expect(row(1.02).at(-1)).toBe("not slower");
  expect(row(0.5).at(-1)).toBe("not slower");
});

it.each(Object.keys(measures))("the measurement %s of a comparison gives a figure", { timeout: 120_000 }, async (name) => {
  expect(await measure(name, `${import.meta.dirname}/../..`)).toBeGreaterThan(0);
});

it("a growth is drawn from its figures, on axes that end at round numbers", () => {
  expect([0.3, 1, 7, 12, 430].map(niceAbove)).toEqual([0.5, 1, 10, 20, 500]);
  const growth = { name: "x", title: "Cost <by> load", by: "clients", series: ["p50", "p99"], unit: "µs", digits: 1, points: [{ at: 1, values: [1, 2] }, { at: 10, values: [1, 4] }, { at: 100, values: [1, 8] }] };
  const svg = curve(growth);
  expect(svg).toContain("Cost &lt;by> load");
  expect([...svg.matchAll(/<path class="(?:blue|orange)" d="([^"]+)"/g)].map(([, d]) => d)).toEqual(["M64.0 235.2L267.0 235.2L470.0 235.2", "M64.0 214.4L267.0 172.8L470.0 89.6"]);
  expect(() => curve({ ...growth, points: [{ at: 1, values: [Number.NaN, 1] }, { at: 2, values: [1, 1] }] })).toThrow("cannot be drawn");
});
